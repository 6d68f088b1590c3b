package io.tournant.ipc.queue;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.SpinBudget;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One queue of a pair as one side has it, which either sends there or receives. */
final class QueueEnd {
    /*
     * Overview   Sending and receiving never block. Who waits looks at the queue for a while, and takes what comes then. After
     *            that he sleeps in poll, for the queue and for an event, which everybody signals who wants that to end: who
     *            closes, who interrupts, who has seen that the peer is gone. The kernel wakes the thread that waits, and no
     *            other comes in between. Only for a virtual thread, which would keep its carrier in there, a helper polls.
     *            A descriptor that was closed may be somebody else's file the next moment. So none is used without the lock,
     *            under which it is closed, but by poll; who closes meanwhile leaves the descriptors to the one who waits.
     * States     open   -> closed    close()
     *            closed -> released  by who closes, or by who waited, on the way out
     * Fields     waiting, closed, peerGone  guarded by lock
     *            stage, polled, spin        guarded by the turn to send or to receive, as Wire says
     * Accepted   A signal that comes when nobody waits any more ends the next wait, which is one for no reason.
     */
    /** Of every message: with others they would overtake each other. */
    private static final int PRIORITY = 0;

    private static final SequenceLayout POLLED = MemoryLayout.sequenceLayout(2, Posix.POLLFD);
    private static final long EVENT = Posix.POLLFD.byteSize();
    private static final long FD = Posix.POLLFD.byteOffset(MemoryLayout.PathElement.groupElement("fd"));
    private static final long EVENTS = Posix.POLLFD.byteOffset(MemoryLayout.PathElement.groupElement("events"));
    private static final long REVENTS = Posix.POLLFD.byteOffset(MemoryLayout.PathElement.groupElement("revents"));

    private final ReentrantLock lock = new ReentrantLock();
    private final int queue;
    private final int event;
    private final MemorySegment message;
    private final MemorySegment priority;
    private final MemorySegment signals;
    private final MemorySegment errno;
    private final MemorySegment pollErrno;
    private final MemorySegment polled;

    /** A view of the message: what is gathered for the next, or what is left of the last. */
    private final ByteBuffer stage;

    private final SpinBudget spin = new SpinBudget();
    private boolean waiting;
    private boolean closed;
    private boolean peerGone;

    /** Takes an open queue over; closes it if that fails. */
    static QueueEnd of(int queue, short event, int messageLength) throws IOException {
        try {
            return new QueueEnd(queue, event, messageLength);
        } catch (IOException | RuntimeException | Error e) {
            Posix.closeQueue(queue);
            throw e;
        }
    }

    private QueueEnd(int queue, short awaited, int messageLength) throws PosixException {
        this.queue = queue;
        Arena arena = Arena.ofAuto(); // nobody can say when the last of several threads has left
        message = arena.allocate(messageLength);
        priority = arena.allocate(ValueLayout.JAVA_INT);
        signals = arena.allocate(ValueLayout.JAVA_LONG);
        errno = Posix.newErrno(arena);
        pollErrno = Posix.newErrno(arena);
        polled = arena.allocate(POLLED);
        polled.set(ValueLayout.JAVA_INT, FD, queue);
        polled.set(ValueLayout.JAVA_SHORT, EVENTS, awaited);
        polled.set(ValueLayout.JAVA_SHORT, EVENT + EVENTS, Posix.POLLIN);
        stage = message.asByteBuffer().limit(0);
        event = Posix.newEvent(); // last, so that whatever fails before leaves none
        polled.set(ValueLayout.JAVA_INT, EVENT + FD, event);
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
        lock.lock();
        try {
            checkOpen();
            if (peerGone) {
                throw new IOException("Nobody receives from the queue any more.");
            }
            if (!Posix.send(errno, queue, bytes, count, PRIORITY)) {
                return 0;
            }
        } finally {
            lock.unlock();
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
        lock.lock();
        try {
            checkOpen();
            int length = Posix.receive(errno, queue, place, priority);
            if (length < 0) {
                return peerGone ? -1 : 0; // if it was gone before this look, nothing can have come since
            }
            int urgency = priority.get(ValueLayout.JAVA_INT, 0);
            if (length == 0 || urgency != PRIORITY) {
                throw new ChannelException.Corrupt("A message of a queue holds some bytes and has priority 0: length="
                        + length + ", priority=" + urgency);
            }
            return length;
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------ waiting

    /** Waits until there is something to receive, the peer is gone, the time is up, somebody wakes, or for no reason. */
    void awaitMessage(Deadline deadline) throws IOException, InterruptedException {
        if (!spin.await(() -> stage.hasRemaining() || receiveToStage() != 0, deadline)) {
            sleep(deadline);
            spin.slept();
        }
    }

    /** Waits until there is room, the peer is gone, the time is up, somebody wakes, or for no reason. */
    void awaitRoom(Deadline deadline) throws IOException, InterruptedException {
        if (!spin.await(this::hasRoom, deadline)) {
            sleep(deadline);
            spin.slept();
        }
    }

    /** Returns whether there is room, or a reason not to wait for it. */
    private boolean hasRoom() throws IOException {
        lock.lock();
        try {
            checkOpen();
            poll(0);
            return drainSignal() || peerGone || polled.get(ValueLayout.JAVA_SHORT, REVENTS) != 0;
        } finally {
            lock.unlock();
        }
    }

    private void sleep(Deadline deadline) throws IOException, InterruptedException {
        if (enter()) {
            try {
                if (Thread.currentThread().isVirtual()) {
                    pollByHelper(millis(deadline));
                } else {
                    new Sleep().poll(millis(deadline));
                }
            } finally {
                leave();
            }
        }
        lock.lock();
        try {
            checkOpen();
        } finally {
            lock.unlock();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Returns whether there is anything to wait for; if so, {@link #leave} follows. */
    private boolean enter() throws ClosedChannelException {
        lock.lock();
        try {
            checkOpen();
            waiting = !peerGone;
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void leave() throws IOException {
        lock.lock();
        try {
            waiting = false;
            if (closed) {
                release();
            } else {
                drainSignal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock, after a poll: returns whether that found a signal, which is used up now. */
    private boolean drainSignal() throws PosixException {
        if (polled.get(ValueLayout.JAVA_SHORT, EVENT + REVENTS) == 0) {
            return false;
        }
        Posix.drain(errno, event, signals);
        return true;
    }

    /** Rounded up, or the last millisecond would be spun away. */
    private static int millis(Deadline deadline) {
        long nanos = deadline.remainingNanos();
        if (nanos == Long.MAX_VALUE) {
            return -1;
        }
        return nanos <= 0 ? 0 : (int) Math.min(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, Integer.MAX_VALUE);
    }

    private void poll(int timeoutMillis) throws PosixException {
        Posix.poll(pollErrno, polled, timeoutMillis);
    }

    /** One wait of a platform thread: begin and end of this class have an interrupt call {@link #implCloseChannel}. */
    private final class Sleep extends AbstractInterruptibleChannel {

        void poll(int timeoutMillis) throws IOException {
            begin();
            try {
                QueueEnd.this.poll(timeoutMillis);
            } finally {
                try {
                    end(true);
                } catch (ClosedByInterruptException e) {
                    log().trace("The interrupt status tells.", e);
                }
            }
        }

        @Override
        protected void implCloseChannel() {
            wake();
        }
    }

    /** One wait of a virtual thread, which parks. The helper is out of poll when this returns. */
    private void pollByHelper(int timeoutMillis) throws IOException {
        Future<?> poll;
        try {
            poll = Helpers.submit(() -> {
                poll(timeoutMillis);
                return true;
            });
        } catch (OutOfMemoryError e) {
            log().warn("No thread could be started to wait for a queue: a virtual thread keeps its carrier.", e);
            new Sleep().poll(timeoutMillis);
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                poll.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                wake();
            } catch (ExecutionException e) {
                throw new IOException("A helper could not wait for a queue.", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ------------------------------------------------------------------ signals

    /** Ends the present or the next wait. */
    void wake() {
        lock.lock();
        try {
            if (!closed) {
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody wait or send any more, because nobody is at the other end; what is in the queue is still received. */
    void peerGone() {
        lock.lock();
        try {
            peerGone = true;
            if (!closed) {
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes everything fail from now on. Does not block; may be repeated. */
    void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (waiting) {
                signal();
            } else {
                release();
            }
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        try {
            Posix.signal(errno, event);
        } catch (PosixException e) {
            log().error("Nobody can be woken who waits for a queue: report this as a defect of Tournant.", e);
        }
    }

    private void release() {
        try {
            try {
                Posix.closeQueue(queue);
            } finally {
                Posix.closeEvent(event);
            }
        } catch (PosixException e) {
            log().warn("A queue could not be closed.", e);
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(QueueEnd.class);
    }
}
