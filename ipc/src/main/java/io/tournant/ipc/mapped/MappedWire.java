package io.tournant.ipc.mapped;

import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.SpinBudget;
import io.tournant.ipc.stream.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two rings in a mapped file as a wire. */
final class MappedWire implements Wire {
    /*
     * Overview   Reading and writing copy from and to a ring and do not enter the kernel, unless the other side sleeps. Who
     *            waits looks at its ring for a while, then says there that it sleeps, looks once more, and sleeps.
     *            The file is unmapped when the wire is closed. Whoever is in it just then finds that out by an
     *            IllegalStateException. A file that was cut short by somebody shows as an InternalError.
     * Fields     reading                guarded by the turn to read, as Wire says
     *            writing, outputClosed  guarded by the turn to write
     */
    private static final int READER = RingLayout.READER_SLEEPS;
    private static final int WRITER = RingLayout.WRITER_SLEEPS;

    private final RingFile file;
    private final ByteRing in;
    private final ByteRing out;
    private final Bell bell;
    private final SpinBudget reading = new SpinBudget();
    private final SpinBudget writing = new SpinBudget();
    private boolean outputClosed;

    /** Takes over the file and the bell. */
    MappedWire(RingFile file, ByteRing in, ByteRing out, Bell bell) {
        this.file = file;
        this.in = in;
        this.out = out;
        this.bell = bell;
    }

    /** Something that is done in the mapping. */
    private interface Access<R> {
        R run() throws IOException, InterruptedException;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return quickly(() -> {
            int count = in.read(target);
            if (count == 0 && bell.isOver()) {
                count = in.read(target); // what came before the end
                return count == 0 ? -1 : count;
            }
            if (count > 0 && in.hasRoomForWriter() && in.wakes(WRITER)) {
                ringIfHeard();
            }
            return count;
        });
    }

    /** Whether the peer is gone is for the next read that finds nothing: what it wrote comes first. */
    private void ringIfHeard() {
        try {
            bell.ring();
        } catch (IOException e) {
            log().debug("A peer was gone before it was told that there is room.", e);
        }
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return quickly(() -> {
            checkOutput();
            if (bell.isOver()) {
                bell.ring(); // which fails if the other side is gone and not just silent
            }
            long sum = 0;
            for (int i = offset; i < offset + length; i++) {
                sum += out.write(sources[i]);
                if (sources[i].hasRemaining()) {
                    break; // even if there is room by now: what follows must not overtake this
                }
            }
            if (sum > 0) {
                out.publish();
                if (out.wakes(READER)) {
                    bell.ring();
                }
            }
            return sum;
        });
    }

    @Override
    public void awaitReadable(Deadline deadline) throws IOException, InterruptedException {
        mapped(() -> {
            if (!reading.await(in::hasBytes, deadline)) {
                in.sleeps(READER);
                try {
                    if (!in.hasBytes() && !bell.isOver()) {
                        bell.awaitForReader(deadline);
                    }
                } finally {
                    awake(in, READER);
                }
                reading.slept();
            }
            return true;
        });
    }

    @Override
    public void awaitWritable(Deadline deadline) throws IOException, InterruptedException {
        mapped(() -> {
            checkOutput();
            if (!writing.await(out::hasRoom, deadline)) {
                out.sleeps(WRITER);
                try {
                    if (!out.hasRoom()) {
                        if (bell.isOver()) {
                            bell.ring(); // as above
                        }
                        bell.awaitForWriter(deadline);
                    }
                } finally {
                    awake(out, WRITER);
                }
                writing.slept();
            }
            return true;
        });
    }

    /** Whatever ends the sleep is told, not that there is no ring any more. */
    private static void awake(ByteRing ring, int flag) {
        try {
            ring.awake(flag);
        } catch (IllegalStateException | InternalError e) {
            log().debug("A ring was gone when its side woke up.", e);
        }
    }

    private void checkOutput() throws ClosedChannelException {
        if (outputClosed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void wakeWriter() {
        bell.wakeWriter();
    }

    @Override
    public void closeInput() {
        bell.closeReader();
    }

    @Override
    public void closeOutput() {
        outputClosed = true;
        bell.end();
    }

    @Override
    public boolean isOpen() {
        return bell.isOpen();
    }

    @Override
    public void close() {
        bell.close();
        file.close();
    }

    private <R> R quickly(Access<R> access) throws IOException {
        try {
            return mapped(access);
        } catch (InterruptedException e) {
            throw new AssertionError("Does not wait", e);
        }
    }

    private <R> R mapped(Access<R> access) throws IOException, InterruptedException {
        try {
            return access.run();
        } catch (IllegalStateException e) {
            if (bell.isOpen()) {
                throw e;
            }
            throw new ClosedChannelException();
        } catch (InternalError e) {
            throw new IOException("The mapped file was cut short, or there is no room for it any more.", e);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(MappedWire.class);
    }
}
