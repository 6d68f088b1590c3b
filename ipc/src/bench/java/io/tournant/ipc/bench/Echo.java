package io.tournant.ipc.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The second process of a pair: joins, and does what messages ask for. Ends with the first. */
public final class Echo {

    private final Link link;
    private byte[] answer = new byte[Payload.SMALL];
    private final byte[] small = new byte[Payload.SMALL];
    private long received;
    private long sent;

    private Echo(Link link) {
        this.link = link;
    }

    /**
     * Runs it, with the address in the first line of standard input.
     *
     * @param arguments the medium
     */
    public static void main(String... arguments) throws Exception {
        String address = readLine(System.in);
        var echo = new Echo(Medium.of(arguments[0]).join(address));
        if (!arguments[0].equals("jdkPipe")) {
            haltAtEndOf(System.in);
        }
        Link.Receiver receiver = echo::take;
        while (true) {
            echo.link.receive(receiver);
        }
    }

    private void take(long word, long argument, int length) throws Exception {
        if (Payload.number(word) != received++) {
            throw new IllegalStateException("A message is lost: expected=" + (received - 1) + " came=" + word);
        }
        switch (Payload.kind(word)) {
            case Payload.ECHO -> {
                if (answer.length != length) {
                    answer = new byte[length];
                }
                answer(answer);
            }
            case Payload.ANSWER -> answer(small);
            case Payload.LATER -> Thread.ofPlatform().daemon().start(() -> answerAfter(argument));
            default -> {}
        }
    }

    private void answer(byte[] message) throws Exception {
        Payload.write(message, Payload.TAKE, sent++, 0);
        link.send(message);
    }

    private void answerAfter(long millis) {
        try {
            Thread.sleep(millis);
            answer(small);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a line and not a byte more, since messages may follow. */
    private static String readLine(InputStream in) throws IOException {
        byte[] line = new byte[4096];
        int length = 0;
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line[length++] = (byte) next;
        }
        return new String(Arrays.copyOf(line, length), StandardCharsets.UTF_8);
    }

    /** Ends this process when standard input ends, which it does when the process that holds the other end is gone. */
    static void haltAtEndOf(InputStream in) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                Runtime.getRuntime().halt(0);
            }
        });
    }
}
