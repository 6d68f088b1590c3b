package io.tournant.ipc;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The other JVM of {@link SharedBufferCrashTest}: does what its first argument says with the buffer of the second. */
public final class BufferMain {

    /** Cells of a buffer over which rounds are played: both sides write the number of the round. */
    static final int OFFERED = 0;

    static final int LOOKED = 64;
    static final int CLOSE = 128;
    static final int CLOSED = 192;

    /** What the other JVM counts there: how often it got in, and found the file of what it had opened gone. */
    static final int OPENED = 256;

    static final int ORPHANS = 264;

    /** Where the text of the handle of a round is. */
    static final int HANDLE = 512;

    static final int CONTROL_LENGTH = 1024;

    private BufferMain() {}

    public static void main(String[] arguments) throws Exception {
        try (SharedBuffer buffer = SharedBuffer.Handle.parse(arguments[1]).open()) {
            switch (arguments[0]) {
                case "count" -> count(buffer, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
                case "rounds" -> rounds(buffer, Integer.parseInt(arguments[2]));
                case "hold" -> {
                    System.out.println("held");
                    new CountDownLatch(1).await();
                }
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
        System.out.println("done");
    }

    /** Threads that add one to the first cell, so often. */
    static void count(SharedBuffer buffer, int threads, int times) throws Exception {
        List<Waiter<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Waiter.run(() -> {
                SharedLong cell = buffer.cell(0);
                for (int n = 0; n < times; n++) {
                    cell.incrementAndGet();
                }
            }));
        }
        for (Waiter<Boolean> each : all) {
            each.result();
        }
    }

    private static void rounds(SharedBuffer control, int rounds) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            await(control, OFFERED, round);
            var handle = SharedBuffer.Handle.parse(control.segment().getString(HANDLE));
            try (SharedBuffer buffer = handle.open()) {
                control.cell(OPENED).incrementAndGet();
                if (buffer.cell(0).get() != round || !Files.exists(BufferFacts.file(handle))) {
                    control.cell(ORPHANS).incrementAndGet();
                }
                control.cell(LOOKED).set(round);
                await(control, CLOSE, round);
            } catch (ChannelException.Gone e) {
                control.cell(LOOKED).set(round);
            }
            control.cell(CLOSED).set(round);
        }
    }

    /** Waits until the other side is in a round. */
    static void await(SharedBuffer control, int cell, int round) {
        long until = System.nanoTime() + 30_000_000_000L;
        while (control.cell(cell).get() != round) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("The other side does not come: cell=" + cell + " round=" + round);
            }
            Thread.onSpinWait();
        }
    }
}
