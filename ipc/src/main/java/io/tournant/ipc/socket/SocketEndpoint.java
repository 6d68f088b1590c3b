package io.tournant.ipc.socket;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a socket is, as text {@code unix:/path}.
 *
 * @param path the absolute path of the socket
 */
public record SocketEndpoint(Path path) {

    /** How such an endpoint looks. */
    public static final String FORM = "unix:/absolute/path";

    /** The longest path that fits a socket address everywhere, in bytes. */
    static final int MAX_PATH_LENGTH = 107;

    private static final String SCHEME = "unix:";

    /**
     * Tells whether a text is such an endpoint.
     *
     * @param endpoint any text
     * @return whether {@link #parse} takes it
     */
    public static boolean isOne(String endpoint) {
        return endpoint.startsWith(SCHEME + "/");
    }

    /**
     * Reads an endpoint.
     *
     * @param endpoint text of the form {@link #FORM}
     * @return the endpoint
     * @throws IllegalArgumentException if it has another form
     */
    public static SocketEndpoint parse(String endpoint) {
        if (!isOne(endpoint)) {
            throw new IllegalArgumentException(
                    "The endpoint of a Unix-domain socket has the form " + FORM + ": endpoint=" + endpoint);
        }
        return new SocketEndpoint(Path.of(endpoint.substring(SCHEME.length())));
    }

    /**
     * Returns where to make private directories unless told otherwise.
     *
     * @return {@code $XDG_RUNTIME_DIR} if it is set, the temporary directory of the JVM, and {@code /tmp}
     */
    public static List<Path> defaultDirectories() {
        return Stream.of(System.getenv("XDG_RUNTIME_DIR"), System.getProperty("java.io.tmpdir"), "/tmp")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .distinct()
                .toList();
    }

    boolean fits() {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_LENGTH;
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        return SCHEME + path;
    }
}
