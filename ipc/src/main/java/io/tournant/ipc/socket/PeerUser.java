package io.tournant.ipc.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import jdk.net.ExtendedSocketOptions;

/** Whether the process at the other end of a socket belongs to the same user as this one. */
final class PeerUser {

    private static final Path SELF = Path.of("/proc/self");

    private PeerUser() {}

    /** Asks the kernel, which noted who connected or listened. */
    static boolean isOurs(SocketChannel socket) throws IOException {
        UserPrincipal peer = of(socket);
        // Either question may go unanswered: there is no /proc everywhere, and not every user has a name.
        return (Files.exists(SELF) && peer.equals(Files.getOwner(SELF))) || isNamedLikeUs(peer);
    }

    static UserPrincipal of(SocketChannel socket) throws IOException {
        return socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    }

    private static boolean isNamedLikeUs(UserPrincipal peer) throws IOException {
        try {
            return FileSystems.getDefault()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name"))
                    .equals(peer);
        } catch (UserPrincipalNotFoundException e) {
            return false;
        }
    }
}
