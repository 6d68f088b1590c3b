package io.tournant.ipc.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A wire within one JVM, as narrow as a test wants it. */
public final class MemoryWire implements Wire {

    /** One direction. All fields are guarded by the lock of the pair. */
    private static final class Pipe {
        private final ByteBuffer bytes;
        private boolean writerGone;
        private boolean readerGone;

        Pipe(int capacity) {
            bytes = ByteBuffer.allocate(capacity);
        }
    }

    private final ReentrantLock lock;
    private final Condition changed;
    private final Pipe in;
    private final Pipe out;
    private final int portion;
    private boolean inputClosed;
    private boolean closed;
    private boolean woken;
    private int untilFailure = Integer.MAX_VALUE;

    private MemoryWire(ReentrantLock lock, Condition changed, Pipe in, Pipe out, int portion) {
        this.lock = lock;
        this.changed = changed;
        this.in = in;
        this.out = out;
        this.portion = portion;
    }

    /** Both ends of a wire that holds so many bytes per direction, and moves so many at a time. */
    public static MemoryWire[] pair(int capacity, int portion) {
        var lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        var there = new Pipe(capacity);
        var back = new Pipe(capacity);
        return new MemoryWire[] {
            new MemoryWire(lock, changed, back, there, portion), new MemoryWire(lock, changed, there, back, portion)
        };
    }

    /** Makes writing fail after so many more bytes. */
    void failAfter(int bytes) {
        change(() -> untilFailure = bytes);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        lock.lock();
        try {
            checkOpen(false);
            if (in.bytes.position() == 0) {
                return in.writerGone ? -1 : 0;
            }
            in.bytes.flip();
            int count = move(in.bytes, target, portion);
            in.bytes.compact();
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        lock.lock();
        try {
            checkOpen(false);
            if (out.readerGone || out.writerGone) {
                throw new IOException("Broken pipe");
            }
            if (untilFailure == 0) {
                throw new IOException("No buffer space available");
            }
            int most = Math.min(portion, untilFailure);
            int sum = 0;
            for (int i = offset; i < offset + length; i++) {
                sum += move(sources[i], out.bytes, most - sum);
            }
            untilFailure -= sum;
            changed.signalAll();
            return sum;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitReadable(Deadline deadline) throws IOException, InterruptedException {
        awaitUntil(() -> in.bytes.position() > 0 || in.writerGone, true, deadline);
    }

    @Override
    public void awaitWritable(Deadline deadline) throws IOException, InterruptedException {
        awaitUntil(() -> out.bytes.hasRemaining() || out.readerGone || woken, false, deadline);
        change(() -> woken = false);
    }

    @Override
    public void wakeWriter() {
        change(() -> woken = true);
    }

    @Override
    public void closeInput() {
        change(() -> inputClosed = true);
    }

    @Override
    public void closeOutput() {
        change(() -> out.writerGone = true);
    }

    @Override
    public void close() {
        change(() -> {
            closed = true;
            out.writerGone = true;
            in.readerGone = true;
        });
    }

    @Override
    public boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void awaitUntil(BooleanSupplier condition, boolean toRead, Deadline deadline)
            throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            checkOpen(toRead);
            while (!condition.getAsBoolean() && !deadline.hasPassed()) {
                changed.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
                checkOpen(toRead);
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen(boolean toRead) throws ClosedChannelException {
        if (closed || (toRead && inputClosed)) {
            throw new ClosedChannelException();
        }
    }

    private static int move(ByteBuffer source, ByteBuffer target, int limit) {
        int count = Math.min(limit, Math.min(source.remaining(), target.remaining()));
        ByteBuffer part = source.slice(source.position(), count);
        target.put(part);
        source.position(source.position() + count);
        return count;
    }
}
