package io.tournant.ipc.stream;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.frame.FrameType;
import io.tournant.ipc.frame.FrameWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sending half of a channel. */
final class Output {
    /*
     * Overview   A sender writes its frame by itself, under the lock, without blocking: in the common case that is all.
     *            If the wire is full, the sender takes the turn, leaves the lock and waits for room; others wait for the
     *            turn. A frame whose first byte is out must be finished, or the stream is torn. So a sender that is
     *            interrupted, out of time, or not willing to wait leaves the rest of such a frame to a pump, a daemon
     *            thread that lives until the frame is out and never runs code of the user's. The message counts as
     *            sent; memory is bounded by one message, because the pump keeps the turn. Nothing here ever waits for
     *            the input.
     *
     * States     of the turn
     *            free   -> sender  the wire is full
     *            sender -> free    the frame is out; or it is not started, and its sender goes
     *            sender -> pump    the frame is started, and its sender goes
     *            pump   -> free    the frame is out
     *            free   -> pump    a goodbye does not fit at once
     *            of the output
     *            open        -> ended   END is committed
     *            open, ended -> closed  close(): who has the turn finishes its frame, says goodbye and closes the wire,
     *                                   or closes it without when the linger time is over
     *            any         -> broken  writing failed, or the channel closed for another reason than close()
     *
     * Fields     phase, taken, limit  guarded by lock
     *            frame, goodbye       guarded by the turn; while that is free, by lock
     *
     * Accepted   A sender that comes may overtake those that wait for the turn: throughput before fairness.
     */

    private enum Phase {
        OPEN,
        ENDED,
        CLOSED,
        BROKEN
    }

    private static final Message EMPTY = Message.of(0, 0);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition free = lock.newCondition();
    private final Wire wire;
    private final FrameWriter frame;
    private final Ending ending;
    private final Duration linger;

    private Phase phase = Phase.OPEN;
    private boolean taken;
    private boolean goodbye;
    private Deadline limit = Deadline.NEVER;

    Output(Wire wire, FrameWriter frame, Ending ending, Duration linger) {
        this.wire = wire;
        this.frame = frame;
        this.ending = ending;
        this.linger = linger;
    }

    /** Sends a message; if false, the deadline came before its first byte was out. */
    boolean send(Message message, Deadline deadline) throws ChannelException, InterruptedException {
        return send(FrameType.MESSAGE, message, deadline);
    }

    /** Lets no message follow. */
    void end() throws ChannelException, InterruptedException {
        send(FrameType.END, EMPTY, Deadline.NEVER);
    }

    /** Ends the output for good: what is started goes out, then a goodbye, then the wire is closed. Does not block. */
    void close() {
        lock.lock();
        try {
            if (phase == Phase.BROKEN) {
                wire.close();
                return;
            }
            phase = Phase.CLOSED;
            limit = Deadline.after(linger);
            free.signalAll();
            if (taken) {
                wire.wakeWriter();
            } else {
                sayGoodbye();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the wire at once: nobody is there to say goodbye to. */
    void abort() {
        lock.lock();
        try {
            phase = Phase.BROKEN;
            free.signalAll();
            wire.close();
        } finally {
            lock.unlock();
        }
    }

    private boolean send(FrameType type, Message message, Deadline deadline)
            throws ChannelException, InterruptedException {
        lock.lock();
        try {
            if (!awaitFree(type, deadline)) {
                return false;
            }
            if (phase == Phase.ENDED) {
                return true;
            }
            frame.begin(type, message);
            if (write()) {
                commit(type);
                return true;
            }
            taken = true;
        } finally {
            if (!taken) {
                free.signal();
            }
            lock.unlock();
        }
        try {
            return finish(type, deadline);
        } catch (RuntimeException | Error e) {
            giveUp();
            throw e;
        }
    }

    /** Waits, under the lock, until the turn is free. */
    private boolean awaitFree(FrameType type, Deadline deadline) throws ChannelException, InterruptedException {
        checkOpen(type);
        while (taken) {
            if (deadline == Deadline.NOW) {
                return false; // a condition would throw if interrupted, even where it does not wait
            }
            if (deadline == Deadline.NEVER) {
                free.await();
            } else if (free.awaitNanos(deadline.remainingNanos()) <= 0 && taken) {
                return false;
            }
            checkOpen(type);
        }
        return true;
    }

    /** Waits, having the turn, for room for the rest of the frame. */
    private boolean finish(FrameType type, Deadline deadline) throws ChannelException, InterruptedException {
        try {
            while (!deadline.hasPassed() && !isClosed()) {
                awaitWritable(deadline);
                if (write()) {
                    commit(type);
                    passTurn();
                    return true;
                }
            }
        } catch (InterruptedException e) {
            if (!leave(type)) {
                throw e;
            }
            Thread.currentThread().interrupt();
            return true;
        }
        return leave(type) || refuseIfClosed(type);
    }

    /** Goes, having the turn: a frame that is started is left to the pump, another is forgotten. */
    private boolean leave(FrameType type) {
        if (!frame.isStarted()) {
            frame.drop();
            passTurn();
            return false;
        }
        frame.keepRest();
        commit(type);
        startPump();
        return true;
    }

    private void commit(FrameType type) {
        if (type != FrameType.END) {
            return;
        }
        lock.lock();
        try {
            if (phase == Phase.OPEN) {
                phase = Phase.ENDED;
            }
        } finally {
            lock.unlock();
        }
    }

    private void passTurn() {
        lock.lock();
        try {
            taken = false;
            if (phase != Phase.CLOSED) {
                free.signal();
            } else if (goodbye) {
                wire.close();
            } else {
                sayGoodbye();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends the last frame, under the lock, while the turn is free. */
    private void sayGoodbye() {
        goodbye = true;
        frame.begin(FrameType.GOODBYE, EMPTY);
        try {
            if (frame.writeTo(wire)) {
                wire.close();
            } else {
                taken = true;
                startPump();
            }
        } catch (IOException e) {
            log().debug("The peer was gone before the goodbye.", e);
            giveUp();
        }
    }

    private void startPump() {
        try {
            Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .name("tournant-ipc-pump")
                    .start(this::pump);
        } catch (OutOfMemoryError e) {
            log().error("No thread could be started to finish a frame, so this channel is broken.", e);
            giveUp();
        }
    }

    private void pump() {
        boolean finished = false;
        try {
            while (!frame.writeTo(wire)) {
                wire.awaitWritable(inTime());
            }
            finished = true;
        } catch (IOException | InterruptedException e) {
            log().debug("A frame could not be finished.", e);
        } finally {
            if (finished) {
                passTurn();
            } else {
                giveUp();
            }
        }
    }

    private boolean write() throws ChannelException {
        try {
            return frame.writeTo(wire);
        } catch (IOException e) {
            throw failed(e);
        } catch (RuntimeException | Error e) {
            giveUp();
            throw e;
        }
    }

    private void awaitWritable(Deadline deadline) throws ChannelException, InterruptedException {
        try {
            wire.awaitWritable(deadline);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ChannelException failed(IOException cause) {
        giveUp();
        return closed("Sending failed, most likely because the peer is gone; "
                + "receive what it sent before to learn more: cause=" + cause.getMessage());
    }

    /** Lets nothing follow, having the turn or the lock, because a frame is torn that cannot be finished. */
    private void giveUp() {
        lock.lock();
        try {
            frame.drop();
            taken = false;
            free.signalAll();
            if (phase == Phase.CLOSED) {
                wire.close();
            } else {
                phase = Phase.BROKEN;
                wire.closeOutput();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        return limit() != Deadline.NEVER;
    }

    private Deadline inTime() throws IOException {
        Deadline until = limit();
        if (until.hasPassed()) {
            throw new IOException("The peer did not take the last frames in time.");
        }
        return until;
    }

    private Deadline limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    private boolean refuseIfClosed(FrameType type) throws ChannelException {
        lock.lock();
        try {
            checkOpen(type);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen(FrameType type) throws ChannelException {
        if (phase == Phase.ENDED && type == FrameType.MESSAGE) {
            throw new ChannelException.Closed("Nothing can be sent after closeOutput() on this side.", null);
        }
        if (phase == Phase.CLOSED || phase == Phase.BROKEN) {
            throw closed("An earlier send failed, most likely because the peer is gone; "
                    + "receive what it sent before to learn more.");
        }
    }

    private ChannelException closed(String whileReasonIsUnknown) {
        return ending.reason() == null ? new ChannelException.Closed(whileReasonIsUnknown, null) : ending.exception();
    }

    /** Looked up only when there is something to tell, so that a worker does not pay for it when it starts. */
    private static Logger log() {
        return LoggerFactory.getLogger(Output.class);
    }
}
