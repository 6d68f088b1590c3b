package io.tournant.ipc.stream;

import io.tournant.ipc.Message;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameType;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Carries frames to another process and back, and lets threads wait for that. How frames look on the way is its own affair: a
 * {@link WireLink} turns them into bytes of a stream.
 *
 * <p>One thread at a time reads; one has the turn to write, which covers a frame from {@link #write} on; any thread may wake
 * and close. After {@link #close()} reading, writing and waiting fail with a {@link java.nio.channels.ClosedChannelException},
 * and threads that wait return with it at once.
 */
public interface Link extends Closeable {

    // ------------------------------------------------------------------ out

    /**
     * Begins a frame, and writes as much of it as there is room for. Does not block. The previous one is out or dropped.
     *
     * @param type what it says
     * @param message what it carries
     * @return whether the frame is out; if not, {@link #writeMore} goes on with it
     * @throws IOException if the link or its output is closed, or fails
     */
    boolean write(FrameType type, Message message) throws IOException;

    /**
     * Writes as much of the rest of the frame as there is room for. Does not block.
     *
     * @return whether the frame is out
     * @throws IOException if the link or its output is closed, or fails
     */
    boolean writeMore() throws IOException;

    /**
     * Tells whether a part of the frame is out, so that the rest must follow.
     *
     * @return whether the other side may see something of it
     */
    boolean isStarted();

    /** Copies what is left of the payload, so that its owner may use it for something else. */
    void keepRest();

    /** Forgets a frame that is not started, or that cannot be finished. */
    void drop();

    /**
     * Waits until there is room to write, the time is up, {@link #wakeWriter()} is called, or for no reason.
     *
     * @param deadline until when to wait
     * @throws IOException if the link is closed or fails
     * @throws InterruptedException if interrupted; the link stays open
     */
    void awaitRoom(Deadline deadline) throws IOException, InterruptedException;

    /** Makes the present or the next {@link #awaitRoom} return. */
    void wakeWriter();

    // ------------------------------------------------------------------ in

    /**
     * Reads the next frame.
     *
     * @param deadline until when to wait for it
     * @return the frame, or null if it has not arrived whole in time
     * @throws java.io.EOFException if the other side is gone, however it went, and all its frames have been read
     * @throws io.tournant.ipc.ChannelException.Corrupt if what arrived is no frame
     * @throws IOException if the link or its input is closed, or fails
     * @throws InterruptedException if interrupted while waiting; what has arrived so far is kept
     */
    @Nullable
    Frame read(Deadline deadline) throws IOException, InterruptedException;

    // ------------------------------------------------------------------ ends

    /** Makes whoever waits in {@link #read} fail, and everyone from now on, while writing goes on. */
    void closeInput();

    /** Makes the other side read the end, and writing fail from now on, while reading goes on. */
    void closeOutput();

    /** Closes both directions. What is out can still be read by the other side. Does not block; may be repeated. */
    @Override
    void close();
}
