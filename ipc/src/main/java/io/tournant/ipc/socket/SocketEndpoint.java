package io.tournant.ipc.socket;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a socket is, as text {@code scheme:/path}.
 *
 * @param scheme what is talked over, from {@link Medium#scheme()}
 * @param path the absolute path of the socket
 */
public record SocketEndpoint(String scheme, Path path) {

    /** The longest path that fits a socket address everywhere, in bytes. */
    static final int MAX_PATH_LENGTH = 107;

    /**
     * Tells whether a text is such an endpoint.
     *
     * @param scheme what is talked over
     * @param endpoint any text
     * @return whether {@link #parse} takes it
     */
    public static boolean isOne(String scheme, String endpoint) {
        return endpoint.startsWith(scheme + ":/");
    }

    /**
     * Reads an endpoint.
     *
     * @param scheme what is talked over
     * @param endpoint text of the form {@link #form}
     * @return the endpoint
     * @throws IllegalArgumentException if it has another form
     */
    public static SocketEndpoint parse(String scheme, String endpoint) {
        if (!isOne(scheme, endpoint)) {
            throw new IllegalArgumentException(
                    "The endpoint of this transport has the form " + form(scheme) + ": endpoint=" + endpoint);
        }
        return new SocketEndpoint(scheme, Path.of(endpoint.substring(scheme.length() + 1)));
    }

    /**
     * Tells how an endpoint looks.
     *
     * @param scheme what is talked over
     * @return an example
     */
    public static String form(String scheme) {
        return scheme + ":/absolute/path";
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

    static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_LENGTH;
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        return scheme + ":" + path;
    }
}
