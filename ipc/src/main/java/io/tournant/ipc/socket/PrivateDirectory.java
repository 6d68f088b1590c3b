package io.tournant.ipc.socket;

import io.tournant.ipc.ChannelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fresh directory that only this user can enter, with room for the path of one socket in it.
 *
 * @param path where it is
 */
record PrivateDirectory(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String PREFIX = "tournant-";
    private static final String SOCKET = "s";

    /** Makes one in the first of several directories where that works. */
    static PrivateDirectory create(List<Path> parents) throws ChannelException.Unavailable {
        return Places.first(
                parents,
                PrivateDirectory::createIn,
                "No private directory could be made for a socket; name one with UnixSocket.withDirectories:");
    }

    /** Where the socket is to be. */
    Path socket() {
        return path.resolve(SOCKET);
    }

    /** Removes the socket and the directory. Other files would be somebody else's and are left alone. */
    void remove() {
        try {
            Files.deleteIfExists(socket());
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("The private directory of a socket could not be removed: path={}", path, e);
        }
    }

    private static PrivateDirectory createIn(Path parent) throws IOException {
        var created = new PrivateDirectory(Files.createTempDirectory(
                parent.toAbsolutePath(), PREFIX, PosixFilePermissions.asFileAttribute(OWNER_ONLY)));
        try {
            created.check();
            return created;
        } catch (IOException e) {
            created.remove();
            throw e;
        }
    }

    private void check() throws IOException {
        if (!Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
            throw new IOException("files there cannot be kept from other users");
        }
        if (!SocketEndpoint.fits(socket())) {
            throw new IOException(
                    "the path of a socket there is longer than " + SocketEndpoint.MAX_PATH_LENGTH + " bytes");
        }
    }
}
