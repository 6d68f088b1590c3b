package io.tournant.ipc.bench;

import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Two of Agrona's ring buffers in mapped files. A ring takes messages of an eighth of its size, so for long ones there are
 * two more, large ones, and no way back from them: the small ones are as large as ours.
 */
record AgronaMedium(boolean spins) implements Medium {

    private static final int SMALL_RING = 1 << 20;
    private static final int LARGE_RING = 16 << 20;

    @Override
    public Host host(Path directory) {
        for (String name : new String[] {"there", "back"}) {
            IoUtil.unmap(IoUtil.mapNewFile(file(directory, name, SMALL_RING), size(SMALL_RING)));
            IoUtil.unmap(IoUtil.mapNewFile(file(directory, name, LARGE_RING), size(LARGE_RING)));
        }
        return new Host() {
            @Override
            public String address() {
                return directory.toString();
            }

            @Override
            public Link accept(Process other) {
                return new Rings(directory, "there", "back", Idling.strategy(spins));
            }
        };
    }

    @Override
    public Link join(String address) {
        return new Rings(Path.of(address), "back", "there", Idling.strategy(spins));
    }

    private static File file(Path directory, String name, int capacity) {
        return directory.resolve(name + capacity).toFile();
    }

    private static int size(int capacity) {
        return capacity + RingBufferDescriptor.TRAILER_LENGTH;
    }

    private static OneToOneRingBuffer ring(Path directory, String name, int capacity) {
        MappedByteBuffer mapped = IoUtil.mapExistingFile(file(directory, name, capacity), name);
        return new OneToOneRingBuffer(new UnsafeBuffer(mapped));
    }

    /** Looks at a message in one of Agrona's buffers. */
    static void read(DirectBuffer buffer, int offset, int length, Link.Receiver receiver) throws Exception {
        long others = 0;
        int last = offset + length - Long.BYTES;
        for (int i = offset + BitUtil.CACHE_LINE_LENGTH; i < last; i += BitUtil.CACHE_LINE_LENGTH) {
            others |= buffer.getLong(i);
        }
        Payload.check(buffer.getLong(offset), buffer.getLong(last), others);
        receiver.take(buffer.getLong(offset), buffer.getLong(offset + Long.BYTES), length);
    }

    /** One end. */
    private static final class Rings implements Link, MessageHandler {

        private static final int MESSAGE = 1;
        private static final int GO_ON_LARGE = 2;
        private static final int BATCH = 256;

        private final IdleStrategy idle;
        private final OneToOneRingBuffer largeOut;
        private final OneToOneRingBuffer largeIn;
        private final UnsafeBuffer wrapped = new UnsafeBuffer(0, 0);
        private OneToOneRingBuffer out;
        private OneToOneRingBuffer in;
        private @Nullable Receiver receiver;

        Rings(Path directory, String outName, String inName, IdleStrategy idle) {
            this.idle = idle;
            out = ring(directory, outName, SMALL_RING);
            in = ring(directory, inName, SMALL_RING);
            largeOut = ring(directory, outName, LARGE_RING);
            largeIn = ring(directory, inName, LARGE_RING);
        }

        @Override
        public void send(byte[] message) {
            if (wrapped.byteArray() != message) {
                wrapped.wrap(message);
            }
            if (message.length > out.maxMsgLength()) {
                write(GO_ON_LARGE, Payload.SMALL);
                out = largeOut;
            }
            write(MESSAGE, message.length);
        }

        private void write(int type, int length) {
            idle.reset();
            while (!out.write(type, wrapped, 0, length)) {
                idle.idle();
            }
        }

        @Override
        public void receive(Receiver to) {
            receiver = to;
            idle.reset();
            while (in.read(this, BATCH) == 0) {
                idle.idle();
            }
        }

        @Override
        public void onMessage(int type, MutableDirectBuffer buffer, int offset, int length) {
            if (type == GO_ON_LARGE) {
                in = largeIn;
                return;
            }
            try {
                AgronaMedium.read(buffer, offset, length, Objects.requireNonNull(receiver));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
