package io.tournant.ipc.stream;

import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;

/**
 * A wire that notes what is written, in small portions and full every other time, and delivers what it was made with.
 * Its fields are plain: two threads that write or read at the same time tear something.
 */
final class Tape implements Wire {

    private static final int CAPACITY = 256;
    private static final int PORTION = 17;

    private final ByteBuffer written = ByteBuffer.allocate(CAPACITY);
    private final ByteBuffer unread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean full;

    Tape(byte[] unread) {
        this.unread = ByteBuffer.wrap(unread);
    }

    Tape() {
        this(new byte[0]);
    }

    byte[] written() {
        var bytes = new byte[written.position()];
        written.get(0, bytes);
        return bytes;
    }

    /** The kinds of the messages that were written, E for an end, G for a goodbye. */
    String reading() {
        var reading = new StringJoiner(" ");
        var reader = new FrameReader(CAPACITY, CAPACITY);
        var source = new Tape(written());
        try {
            do {
                for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                    reading.add(mark(frame));
                }
            } while (reader.fill(source) > 0);
        } catch (IOException | RuntimeException e) {
            reading.add("torn");
        }
        return reading.toString();
    }

    private static String mark(Frame frame) {
        return switch (frame.type()) {
            case MESSAGE -> Integer.toString(frame.message().kind());
            case END -> "E";
            case GOODBYE -> "G";
        };
    }

    void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends where the tape does, and refuses a target without room: who reads by turns never meets either. */
    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            throw new IOException("Nothing can be read into a full buffer.");
        }
        if (!unread.hasRemaining()) {
            return -1;
        }
        int count = Math.min(Math.min(PORTION, target.remaining()), unread.remaining());
        target.put(unread.slice(unread.position(), count));
        unread.position(unread.position() + count);
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (closed.getCount() == 0) {
            throw new ClosedChannelException();
        }
        full = !full;
        int count = full ? Math.min(PORTION, source.remaining()) : 0;
        written.put(source.slice(source.position(), count));
        source.position(source.position() + count);
        return count;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return write(sources[offset]);
    }

    @Override
    public void awaitReadable(Deadline deadline) {}

    @Override
    public void awaitWritable(Deadline deadline) {}

    @Override
    public void wakeWriter() {}

    @Override
    public void closeInput() {}

    @Override
    public void closeOutput() {}

    @Override
    public void close() {
        closed.countDown();
    }

    @Override
    public boolean isOpen() {
        return closed.getCount() > 0;
    }
}
