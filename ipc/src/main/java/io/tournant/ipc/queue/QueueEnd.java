package io.tournant.ipc.queue;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.posix.Descriptor;
import io.tournant.ipc.stream.Deadline;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/** One queue of a pair as one side has it, which either sends there or receives. */
final class QueueEnd {
    /*
     * Overview   A queue is a descriptor, and is closed like any other. Who waits for a message takes what comes while he
     *            looks. A queue does not show that the peer is gone; somebody else sees that, and ends the waiting.
     * Fields     stage  guarded by the turn to send or to receive, as Wire says
     */
    /** Of every message: with others they would overtake each other. */
    private static final int PRIORITY = 0;

    private final Descriptor queue;
    private final MemorySegment message;
    private final MemorySegment priority;

    /** A view of the message: what is gathered for the next, or what is left of the last. */
    private final ByteBuffer stage;

    private QueueEnd(Descriptor queue, int messageLength) {
        this.queue = queue;
        Arena arena = Arena.ofAuto(); // nobody can say when the last of several threads has left
        message = arena.allocate(messageLength);
        priority = arena.allocate(ValueLayout.JAVA_INT);
        stage = message.asByteBuffer().limit(0);
    }

    /** Takes an open queue over; closes it if that fails. */
    static QueueEnd of(int queue, short awaited, int messageLength) throws IOException {
        Descriptor descriptor = Descriptor.of(queue, awaited);
        try {
            return new QueueEnd(descriptor, messageLength);
        } catch (RuntimeException | Error e) {
            descriptor.close();
            throw e;
        }
    }

    // ------------------------------------------------------------------ messages

    /** Sends one message of what some buffers hold, in order; returns how many bytes, 0 if the queue is full. */
    int send(ByteBuffer[] sources, int offset, int length) throws IOException {
        ByteBuffer first = sources[offset];
        boolean straight = first.isDirect() && (length == 1 || first.remaining() >= message.byteSize());
        int count = straight ? (int) Math.min(first.remaining(), message.byteSize()) : gather(sources, offset, length);
        if (count == 0) {
            return 0;
        }
        MemorySegment bytes = straight ? MemorySegment.ofBuffer(first) : message;
        int number = queue.lock();
        try {
            if (queue.isOver()) {
                throw new IOException("Nobody receives from the queue any more.");
            }
            if (!Mq.send(queue.errno(), number, bytes, count, PRIORITY)) {
                return 0;
            }
        } finally {
            queue.unlock();
        }
        advance(sources, offset, count);
        return count;
    }

    private int gather(ByteBuffer[] sources, int offset, int length) {
        stage.clear();
        for (int i = offset; i < offset + length && stage.hasRemaining(); i++) {
            int count = Math.min(stage.remaining(), sources[i].remaining());
            stage.put(stage.position(), sources[i], sources[i].position(), count);
            stage.position(stage.position() + count);
        }
        return stage.position();
    }

    private static void advance(ByteBuffer[] sources, int offset, int count) {
        int left = count;
        for (int i = offset; left > 0; i++) {
            int taken = Math.min(left, sources[i].remaining());
            sources[i].position(sources[i].position() + taken);
            left -= taken;
        }
    }

    /** Takes what fits of the last message, or of the next; returns how many bytes, 0 if there is none, -1 at the end. */
    int receive(ByteBuffer target) throws IOException {
        if (!stage.hasRemaining() && target.isDirect() && target.remaining() >= message.byteSize()) {
            int length = receiveMessage(MemorySegment.ofBuffer(target));
            target.position(target.position() + Math.max(length, 0));
            return length;
        }
        int length = stage.hasRemaining() ? stage.remaining() : receiveToStage();
        if (length <= 0) {
            return length;
        }
        int count = Math.min(stage.remaining(), target.remaining());
        target.put(target.position(), stage, stage.position(), count).position(target.position() + count);
        stage.position(stage.position() + count);
        return count;
    }

    private int receiveToStage() throws IOException {
        int length = receiveMessage(message);
        stage.clear().limit(Math.max(length, 0));
        return length;
    }

    /** Takes the next message to where there is room for any; returns its length, 0 if there is none, -1 at the end. */
    private int receiveMessage(MemorySegment place) throws IOException {
        int number = queue.lock();
        try {
            int length = Mq.receive(queue.errno(), number, place, priority);
            if (length < 0) {
                return queue.isOver() ? -1 : 0; // if it was gone before this look, nothing can have come since
            }
            int urgency = priority.get(ValueLayout.JAVA_INT, 0);
            if (length == 0 || urgency != PRIORITY) {
                throw new ChannelException.Corrupt("A message of a queue holds some bytes and has priority 0: length="
                        + length + ", priority=" + urgency);
            }
            return length;
        } finally {
            queue.unlock();
        }
    }

    // ------------------------------------------------------------------ waiting

    /** Waits until there is something to receive, the peer is gone, the time is up, somebody wakes, or for no reason. */
    void awaitMessage(Deadline deadline) throws IOException, InterruptedException {
        queue.await(() -> stage.hasRemaining() || receiveToStage() != 0, deadline);
    }

    /** Waits until there is room, the peer is gone, the time is up, somebody wakes, or for no reason. */
    void awaitRoom(Deadline deadline) throws IOException, InterruptedException {
        queue.await(deadline);
    }

    /** Ends the present or the next wait. */
    void wake() {
        queue.wake();
    }

    /** Lets nobody wait or send any more, because nobody is at the other end; what is in the queue is still received. */
    void peerGone() {
        queue.end();
    }

    /** Makes everything fail from now on. Does not block; may be repeated. */
    void close() {
        queue.close();
    }
}
