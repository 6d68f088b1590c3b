package io.tournant.ipc.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;

/**
 * A two-way byte stream to another process that never blocks, and the means to wait for it.
 *
 * <p>One thread at a time reads or waits to read, one writes or waits to write; any thread may close. Reading returns -1
 * when the other side is gone, however it went. After {@link #close()} every method fails with a
 * {@link java.nio.channels.ClosedChannelException}, and threads that wait return with it at once.
 */
public interface Wire extends ByteChannel, GatheringByteChannel {

    @Override
    default int write(ByteBuffer source) throws IOException {
        return (int) write(new ByteBuffer[] {source}, 0, 1);
    }

    @Override
    default long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    /**
     * Waits until there is something to read, the time is up, or for no reason.
     *
     * @param deadline until when to wait
     * @throws IOException if the stream or its input is closed, or fails
     * @throws InterruptedException if interrupted; the stream stays open
     */
    void awaitReadable(Deadline deadline) throws IOException, InterruptedException;

    /**
     * Waits until there is room to write, the time is up, {@link #wakeWriter()} is called, or for no reason.
     *
     * @param deadline until when to wait
     * @throws IOException if the stream is closed or fails
     * @throws InterruptedException if interrupted; the stream stays open
     */
    void awaitWritable(Deadline deadline) throws IOException, InterruptedException;

    /** Makes the present or the next {@link #awaitWritable} return. */
    void wakeWriter();

    /** Makes {@link #awaitReadable} fail from now on, while writing goes on. */
    void closeInput();

    /** Makes the other side read the end of the stream, and writing fail from now on, while reading goes on. */
    void closeOutput();

    /** Closes the stream. What was written can still be read by the other side. Does not block; may be repeated. */
    @Override
    void close();
}
