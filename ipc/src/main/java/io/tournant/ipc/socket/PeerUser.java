package io.tournant.ipc.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import jdk.net.ExtendedSocketOptions;

/** Whether a process, or a file, belongs to the same user as this process. */
public final class PeerUser {

    private static final Path SELF = Path.of("/proc/self");

    private PeerUser() {}

    /** Asks the kernel, which noted who connected or listened. */
    static boolean isOurs(SocketChannel socket) throws IOException {
        return isOurs(of(socket));
    }

    /**
     * Tells whether a user is that of this process.
     *
     * @param user whose something is
     * @return whether they are the same
     * @throws IOException if the operating system does not say
     */
    public static boolean isOurs(UserPrincipal user) throws IOException {
        // Either question may go unanswered: there is no /proc everywhere, and not every user has a name.
        return (Files.exists(SELF) && user.equals(Files.getOwner(SELF))) || isNamedLikeUs(user);
    }

    static UserPrincipal of(SocketChannel socket) throws IOException {
        return socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    }

    private static boolean isNamedLikeUs(UserPrincipal user) throws IOException {
        try {
            return FileSystems.getDefault()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name"))
                    .equals(user);
        } catch (UserPrincipalNotFoundException e) {
            return false;
        }
    }
}
