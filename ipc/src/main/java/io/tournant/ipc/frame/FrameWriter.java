package io.tournant.ipc.frame;

import io.tournant.ipc.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * Writes one frame after the other to a stream that may take only some bytes at a time.
 *
 * <p>Not thread-safe: who has begun a frame owns the writer until the frame is out or dropped.
 */
public final class FrameWriter {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteBuffer stage;

    /** The part of the payload that is not in the stage yet. */
    private ByteBuffer rest = NOTHING;

    private boolean started;

    /**
     * Creates a writer.
     *
     * @param stageLength how many bytes to hand to the operating system at once, at least a header
     */
    public FrameWriter(int stageLength) {
        if (stageLength < FrameLayout.HEADER_LENGTH) {
            throw new IllegalArgumentException("The stage must hold a header: stageLength=" + stageLength);
        }
        stage = FrameLayout.newBuffer(stageLength).limit(0);
    }

    /**
     * Begins a frame. The previous one is out or dropped.
     *
     * @param type what it says
     * @param message what it carries
     */
    public void begin(FrameType type, Message message) {
        started = false;
        rest = message.payload();
        stage.clear();
        FrameLayout.write(new FrameHeader(type, message.kind(), message.correlationId(), message.length()), stage);
        stageMore();
        stage.flip();
    }

    /**
     * Writes as much of the frame as the stream takes.
     *
     * @param sink a stream that does not block
     * @return whether the frame is out
     * @throws IOException if the stream fails
     */
    public boolean writeTo(GatheringByteChannel sink) throws IOException {
        while (stage.hasRemaining() || rest.hasRemaining()) {
            if (!stage.hasRemaining() && !rest.isDirect()) {
                stage.clear();
                stageMore();
                stage.flip();
            }
            if (write(sink) == 0) {
                return false;
            }
            started = true;
        }
        rest = NOTHING;
        return true;
    }

    /** Whether the first byte of the frame is out, so that the others must follow. */
    public boolean isStarted() {
        return started;
    }

    /** Copies what is left of the payload, so that its owner may use it for something else. */
    public void keepRest() {
        rest = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
    }

    /** Forgets a frame that is not started, or whose stream is broken. */
    public void drop() {
        rest = NOTHING;
        stage.limit(0);
    }

    private long write(GatheringByteChannel sink) throws IOException {
        if (rest.isDirect() && rest.hasRemaining()) {
            return sink.write(new ByteBuffer[] {stage, rest});
        }
        return sink.write(stage);
    }

    /** Small payloads travel with their header; one in direct memory that does not fit is gathered from where it is. */
    private void stageMore() {
        if (rest.isDirect() && rest.remaining() > stage.remaining()) {
            return;
        }
        int length = Math.min(stage.remaining(), rest.remaining());
        stage.put(stage.position(), rest, rest.position(), length).position(stage.position() + length);
        rest.position(rest.position() + length);
    }
}
