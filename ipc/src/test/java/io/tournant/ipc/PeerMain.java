package io.tournant.ipc;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** The other JVM of {@link TwoProcessesCrashTest}: connects and does what its second argument says. */
public final class PeerMain {

    /** The exit code of a peer that was refused. */
    static final int REFUSED = 77;

    private PeerMain() {}

    public static void main(String[] arguments) throws Exception {
        try (Channel channel = connect(arguments[0])) {
            switch (arguments[1]) {
                case "echo" -> echo(channel);
                case "send" -> send(channel, Integer.parseInt(arguments[2]));
                case "halt" -> halt(channel);
                case "ignore" -> say("ready");
                default -> throw new IllegalArgumentException(arguments[1]);
            }
            if (!arguments[1].equals("echo")) {
                new CountDownLatch(1).await();
            }
        } catch (ChannelException.Refused e) {
            System.exit(REFUSED);
        }
    }

    private static Channel connect(String endpoint) throws IOException, InterruptedException {
        return Transport.of(endpoint).connect(endpoint, ChildJvm.readToken());
    }

    private static void echo(Channel channel) throws ChannelException, InterruptedException {
        while (channel.receive() instanceof Message message) {
            channel.send(message);
        }
    }

    private static void send(Channel channel, int count) throws ChannelException, InterruptedException {
        for (int i = 0; i < count; i++) {
            channel.send(Message.of(1, i, new byte[100]));
        }
        say("sent");
    }

    /** Dies with a frame half out. */
    private static void halt(Channel channel) throws ChannelException, InterruptedException {
        channel.send(Message.of(1, 0));
        if (channel.trySend(Message.of(1, 1, new byte[channel.maxMessageLength()]))) {
            Runtime.getRuntime().halt(9);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
