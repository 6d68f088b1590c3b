package io.tournant.ipc;

import static io.tournant.ipc.FuzzInput.require;

import io.tournant.ipc.socket.SocketEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Any text is a handle, an endpoint or a token that has this text, or is refused with {@link IllegalArgumentException}.
 *
 * <p>Input: a text in UTF-8.
 */
public final class TextFuzz {

    private static final Map<String, Class<? extends Transport>> SCHEMES = Map.of(
            "unix", Transport.UnixSocket.class,
            "mapped", Transport.MappedFile.class,
            "queue", Transport.MessageQueue.class);

    private TextFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        SharedBuffer.Handle handle = parsed(SharedBuffer.Handle::parse, text);
        if (handle != null) {
            require(handle.toString().equals(text), () -> "Another handle: " + handle);
            require(
                    text.startsWith("shm:tournant-") && text.endsWith(".buffer") && text.indexOf('/') < 0,
                    () -> "A handle of others: " + handle);
        }
        Token token = parsed(Token::parse, text);
        require(token == null || token.reveal().equalsIgnoreCase(text), () -> "Another token");
        endpoints(text);
    }

    private static void endpoints(String text) {
        Transport transport = parsed(Transport::of, text);
        SCHEMES.forEach((scheme, type) -> {
            require(
                    type.isInstance(transport) == text.startsWith(scheme + ":/"),
                    () -> "Another transport: " + transport + ", text=" + text);
            SocketEndpoint endpoint = parsed(each -> SocketEndpoint.parse(scheme, each), text);
            if (endpoint != null) {
                require(type.isInstance(transport), () -> "Of no transport: " + endpoint);
                require(endpoint.path().isAbsolute(), () -> "Not absolute: " + endpoint);
                SocketEndpoint again = SocketEndpoint.parse(scheme, endpoint.toString());
                require(endpoint.equals(again), () -> "Another endpoint: " + again);
            }
        });
    }

    private static <T> @Nullable T parsed(Function<String, T> parse, String text) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public static List<byte[]> seeds() {
        return Stream.of(
                        "shm:tournant-1234567-000102030405060708090a0b0c0d0e0f.buffer",
                        "shm:../etc/passwd",
                        "unix:/run/user/0/tournant-1/socket",
                        "mapped:/tmp/a",
                        "queue:/tmp/a",
                        "queue:relative",
                        "0123456789abcdef".repeat(4))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
