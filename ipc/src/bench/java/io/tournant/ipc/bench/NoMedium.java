package io.tournant.ipc.bench;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Nothing: two JVMs that wait on their own, as the measure for those that wait for each other. */
final class NoMedium implements Medium {

    @Override
    public Host host(Path directory) {
        return new Host() {
            @Override
            public String address() {
                return "";
            }

            @Override
            public Link accept(Process other) {
                return new Asleep();
            }
        };
    }

    @Override
    public Link join(String address) {
        return new Asleep();
    }

    /** Answers itself, but only what is wanted later. */
    private static final class Asleep implements Link {

        private final byte[] request = new byte[Payload.SMALL];
        private boolean asked;
        private long number;

        @Override
        public void send(byte[] message) {
            System.arraycopy(message, 0, request, 0, message.length);
            asked = true;
        }

        @Override
        public void receive(Receiver receiver) throws Exception {
            if (!asked) {
                new CountDownLatch(1).await();
            }
            Payload.read(request, 0, request.length, (word, argument, length) -> {
                Thread.sleep(argument);
                receiver.take((long) Payload.TAKE << 56 | number++, 0, length);
            });
        }
    }
}
