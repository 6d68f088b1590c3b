package io.tournant.ipc.bench;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.concurrent.IdleStrategy;

/** Two of Chronicle's queues, which keep all that was ever sent, in memory only. */
record ChronicleMedium(boolean spins) implements Medium {

    @Override
    public Host host(Path directory) {
        return new Host() {
            @Override
            public String address() {
                return directory.toString();
            }

            @Override
            public Link accept(Process other) {
                return new Queues(directory, "there", "back", Idling.strategy(spins));
            }
        };
    }

    @Override
    public Link join(String address) {
        return new Queues(Path.of(address), "back", "there", Idling.strategy(spins));
    }

    /** One end. */
    private static final class Queues implements Link {

        private final ExcerptAppender out;
        private final ExcerptTailer in;
        private final IdleStrategy idle;
        private final Bytes<byte[]> sent = Bytes.allocateElasticOnHeap();
        private final Bytes<byte[]> received = Bytes.allocateElasticOnHeap();

        Queues(Path directory, String outName, String inName, IdleStrategy idle) {
            out = queue(directory.resolve(outName)).createAppender();
            in = queue(directory.resolve(inName)).createTailer();
            this.idle = idle;
        }

        private static ChronicleQueue queue(Path directory) {
            return SingleChronicleQueueBuilder.binary(directory).build();
        }

        @Override
        public void send(byte[] message) {
            sent.clear();
            sent.write(message);
            out.writeBytes(sent);
        }

        @Override
        public void receive(Receiver receiver) throws Exception {
            received.clear();
            idle.reset();
            while (!in.readBytes(received)) {
                idle.idle();
            }
            int length = (int) received.readRemaining();
            Payload.read(received.underlyingObject(), 0, length, receiver);
        }
    }
}
