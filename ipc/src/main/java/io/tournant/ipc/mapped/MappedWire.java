package io.tournant.ipc.mapped;

import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** Two rings in a mapped file as a wire. */
final class MappedWire implements Wire {
    /*
     * Overview   Reading and writing copy from and to a ring and do not enter the kernel, unless the other side sleeps. Who
     *            waits looks at its ring for a while, then says there that it sleeps, looks once more, and sleeps.
     *            The file is unmapped when the wire is closed. Whoever is in it just then finds that out by an
     *            IllegalStateException. A file that was cut short by somebody shows as an InternalError.
     */
    private static final int READER = RingLayout.READER_SLEEPS;
    private static final int WRITER = RingLayout.WRITER_SLEEPS;

    private final RingFile file;
    private final ByteRing in;
    private final ByteRing out;
    private final Bell bell;
    private final SpinBudget reading = new SpinBudget();
    private final SpinBudget writing = new SpinBudget();

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

    /** A peer that is gone is found out by the next read that finds nothing. */
    private void ringIfHeard() throws IOException {
        if (!bell.isOver()) {
            bell.ring();
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return (int) write(new ByteBuffer[] {source}, 0, 1);
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return quickly(() -> {
            if (bell.isOver()) {
                bell.ring(); // which fails if the other side is gone and not just silent
            }
            long sum = 0;
            for (int i = offset; i < offset + length; i++) {
                sum += out.write(sources[i]);
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
                in.sleeps(READER, true);
                try {
                    if (!in.hasBytes() && !bell.isOver()) {
                        bell.awaitForReader(deadline);
                    }
                } finally {
                    in.sleeps(READER, false);
                }
                reading.slept();
            }
            return true;
        });
    }

    @Override
    public void awaitWritable(Deadline deadline) throws IOException, InterruptedException {
        mapped(() -> {
            if (!writing.await(out::hasRoom, deadline)) {
                out.sleeps(WRITER, true);
                try {
                    if (!out.hasRoom()) {
                        if (bell.isOver()) {
                            bell.ring(); // as above
                        }
                        bell.awaitForWriter(deadline);
                    }
                } finally {
                    out.sleeps(WRITER, false);
                }
                writing.slept();
            }
            return true;
        });
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
}
