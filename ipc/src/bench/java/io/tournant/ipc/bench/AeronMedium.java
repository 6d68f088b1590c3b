package io.tournant.ipc.bench;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import java.nio.file.Path;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Aeron's IPC, a stream each way, with the media driver on one thread of the hosting process. Terms are of 16 MiB, which is
 * the least that a message of 1 MiB needs.
 */
record AeronMedium(boolean spins) implements Medium {

    private static final String CHANNEL = "aeron:ipc?term-length=16m";
    private static final int THERE = 1;
    private static final int BACK = 2;

    @Override
    public Host host(Path directory) {
        String place = directory.resolve("aeron").toString();
        MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(place)
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        return new Host() {
            @Override
            public String address() {
                return place;
            }

            @Override
            public Link accept(Process other) {
                return open(place, THERE, BACK);
            }
        };
    }

    @Override
    public Link join(String address) {
        return open(address, BACK, THERE);
    }

    private Link open(String place, int out, int in) {
        Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(place));
        var streams = new Streams(
                aeron.addExclusivePublication(CHANNEL, out),
                aeron.addSubscription(CHANNEL, in),
                Idling.strategy(spins));
        while (!streams.out.isConnected() || !streams.in.isConnected()) {
            Thread.onSpinWait();
        }
        return streams;
    }

    /** One end. */
    private static final class Streams implements Link, FragmentHandler {

        private static final int BATCH = 256;

        private final ExclusivePublication out;
        private final Subscription in;
        private final IdleStrategy idle;
        private final FragmentAssembler assembler = new FragmentAssembler(this);
        private final UnsafeBuffer wrapped = new UnsafeBuffer(0, 0);
        private @Nullable Receiver receiver;

        Streams(ExclusivePublication out, Subscription in, IdleStrategy idle) {
            this.out = out;
            this.in = in;
            this.idle = idle;
        }

        @Override
        public void send(byte[] message) {
            if (wrapped.byteArray() != message) {
                wrapped.wrap(message);
            }
            idle.reset();
            while (true) {
                long position = out.offer(wrapped, 0, message.length);
                if (position > 0) {
                    return;
                }
                if (position == ExclusivePublication.CLOSED || position == ExclusivePublication.NOT_CONNECTED) {
                    throw new IllegalStateException("The other has gone");
                }
                idle.idle();
            }
        }

        @Override
        public void receive(Receiver to) {
            receiver = to;
            idle.reset();
            while (in.poll(assembler, BATCH) == 0) {
                idle.idle();
            }
        }

        @Override
        public void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
            try {
                AgronaMedium.read(buffer, offset, length, Objects.requireNonNull(receiver));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
