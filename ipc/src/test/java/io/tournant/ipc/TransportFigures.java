package io.tournant.ipc;

import java.nio.file.Path;
import java.util.List;

/**
 * Measures a transport between two JVMs: round trips and one-way throughput, to be set against {@code src/test/c}; see
 * DESIGN.md. No test. {@code TransportFigures queue|pipe|mapped|unix payload roundTrips messages [virtual]}.
 */
public final class TransportFigures {

    private static final int ROUNDS = 5;

    private TransportFigures() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].contains(":/")) {
            serve(arguments);
        } else {
            measure(arguments);
        }
    }

    private static void measure(String[] arguments) throws Exception {
        Transport transport =
                switch (arguments[0]) {
                    case "queue" -> Transport.messageQueue();
                    case "pipe" -> Transport.pipe();
                    case "mapped" -> Transport.mappedFile();
                    default -> Transport.unixSocket();
                };
        try (Listener listener = transport.listen()) {
            Process child = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            TransportFigures.class.getName(),
                            listener.endpoint(),
                            listener.token().reveal(), // for a measurement; else never on a command line
                            arguments[2],
                            arguments[3]))
                    .inheritIO()
                    .start();
            try (Channel channel = listener.accept()) {
                boolean virtual = arguments.length > 4;
                Thread.Builder threads = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
                threads.start(() -> run(channel, arguments)).join();
            }
            child.waitFor();
        }
    }

    private static void run(Channel channel, String[] arguments) {
        Message message = Message.of(1, 1, new byte[Integer.parseInt(arguments[1])]);
        int roundTrips = Integer.parseInt(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < roundTrips; i++) {
                    channel.send(message);
                    channel.receive();
                }
                long between = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    channel.send(message);
                }
                channel.receive();
                long end = System.nanoTime();
                System.out.printf(
                        "%s payload=%s roundTrip=%.2f us throughput=%.0f messages/s%n",
                        arguments[0],
                        arguments[1],
                        (between - start) / 1e3 / roundTrips,
                        count / ((end - between) / 1e9));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void serve(String[] arguments) throws Exception {
        int roundTrips = Integer.parseInt(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        try (Channel channel = Transport.of(arguments[0]).connect(arguments[0], Token.parse(arguments[1]))) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < roundTrips; i++) {
                    if (channel.receive() instanceof Message message) {
                        channel.send(message);
                    }
                }
                for (int i = 0; i < count; i++) {
                    channel.receive();
                }
                channel.send(Message.of(1, 1));
            }
        }
    }
}
