package io.tournant.ipc.stream;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.frame.FrameType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sending half of a channel. */
final class Output {
    /*
     * Overview   A sender takes the turn, writes its frame by itself, without blocking, and passes the turn: in the common case
     *            that is all. If there is no room, it keeps the turn while it waits; others wait in line. A frame that is
     *            started must be finished, or the channel is torn. So a sender that is interrupted, out of time, or not
     *            willing to wait leaves the rest of such a frame, and the turn, to a pump, a daemon thread that lives until
     *            the frame is out and never runs code of the user's. The message counts as sent; memory is bounded by one
     *            message. Nothing here ever waits for the input.
     *
     * States     of the turn
     *            free   -> sender  there is something to send
     *            sender -> free    the frame is out; or it is not started, and its sender goes
     *            sender -> pump    the frame is started, and its sender goes
     *            pump   -> free    the frame is out
     *            free   -> closer  the output is closed; he says goodbye, by a pump if it does not fit at once
     *            of the output
     *            open        -> ended   END is out, or left to the pump; by who has the turn
     *            open, ended -> closed  close(): who has the turn finishes its frame, says goodbye and closes the link,
     *                                   or closes it without when the linger time is over
     *            any         -> broken  writing failed, or the channel closed for another reason than close()
     *
     * Fields     phase, limit    guarded by lock
     *            frame, goodbye  guarded by the turn (the frame is the link's)
     *
     * Accepted   Who has the turn looks at the phase without the lock. If he still finds it open while somebody closes, his
     *            frame comes before the goodbye, for which the turn is needed; while somebody breaks it, he cannot write.
     */

    private enum Phase {
        OPEN,
        ENDED,
        CLOSED,
        BROKEN
    }

    private static final Message EMPTY = Message.of(0, 0);

    private final ReentrantLock lock = new ReentrantLock();
    private final Turn turn = new Turn();
    private final Link link;
    private final Ending ending;
    private final Duration linger;

    private Phase phase = Phase.OPEN;
    private boolean goodbye;
    private Deadline limit = Deadline.NEVER;

    Output(Link link, Ending ending, Duration linger) {
        this.link = link;
        this.ending = ending;
        this.linger = linger;
    }

    /** Sends a message; if false, the deadline came before anything of it was out. */
    boolean send(Message message, Deadline deadline) throws ChannelException, InterruptedException {
        return send(FrameType.MESSAGE, message, deadline);
    }

    /** Lets no message follow. */
    void end() throws ChannelException, InterruptedException {
        send(FrameType.END, EMPTY, Deadline.NEVER);
    }

    /** Ends the output for good: what is started goes out, then a goodbye, then the link is closed. Does not block. */
    void close() {
        lock.lock();
        try {
            if (phase == Phase.BROKEN) {
                link.close();
                return;
            }
            phase = Phase.CLOSED;
            limit = Deadline.after(linger);
            turn.dissolve();
            if (turn.tryTake()) {
                sayGoodbye();
            } else {
                link.wakeWriter();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the link at once: nobody is there to say goodbye to. */
    void abort() {
        lock.lock();
        try {
            phase = Phase.BROKEN;
            turn.dissolve();
            link.close();
        } finally {
            lock.unlock();
        }
    }

    private boolean send(FrameType type, Message message, Deadline deadline)
            throws ChannelException, InterruptedException {
        if (!turn.tryTake() && !awaitTurn(type, deadline)) {
            return false;
        }
        boolean pumped = false;
        try {
            if (phase != Phase.OPEN) {
                checkOpen(type);
                return true; // the end is out already
            }
            for (boolean out = link.write(type, message); !out; out = link.writeMore()) {
                if (!awaitRoom(deadline)) {
                    if (!link.isStarted()) {
                        return forget(type);
                    }
                    leaveToPump(type);
                    pumped = true;
                    return true;
                }
            }
            commit(type);
            return true;
        } catch (ChannelException.Closed e) { // ours: a link does not throw it
            throw e;
        } catch (IOException e) {
            throw failed(e);
        } catch (RuntimeException | Error e) {
            giveUp();
            throw e;
        } finally {
            if (!pumped) {
                passTurn();
            }
        }
    }

    private boolean awaitTurn(FrameType type, Deadline deadline) throws ChannelException, InterruptedException {
        checkOpen(type);
        if (turn.take(deadline)) {
            return true;
        }
        checkOpen(type);
        return false;
    }

    /** Waits, having the turn, for room for the rest of the frame; if false, its sender has to go. */
    private boolean awaitRoom(Deadline deadline) throws IOException, InterruptedException {
        if (deadline.hasPassed() || isClosed()) {
            return false;
        }
        try {
            link.awaitRoom(deadline);
            return true;
        } catch (InterruptedException e) {
            if (!link.isStarted()) {
                link.drop();
                throw e;
            }
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean forget(FrameType type) throws ChannelException {
        link.drop();
        checkOpen(type);
        return false;
    }

    private void leaveToPump(FrameType type) {
        link.keepRest();
        commit(type);
        startPump();
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
        turn.pass();
        if (turn.isDissolved()) {
            closeInTurn();
        }
    }

    /** Goes on where who closed found the turn taken, unless somebody else does. */
    private void closeInTurn() {
        lock.lock();
        try {
            if (phase == Phase.CLOSED && turn.tryTake()) {
                sayGoodbye();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends the last frame, having the turn, which is not passed on; or closes the link, when that is out. */
    private void sayGoodbye() {
        if (goodbye) {
            link.close();
            return;
        }
        goodbye = true;
        try {
            if (link.write(FrameType.GOODBYE, EMPTY)) {
                link.close();
            } else {
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
            passTurn();
        }
    }

    private void pump() {
        boolean finished = false;
        try {
            while (!link.writeMore()) {
                link.awaitRoom(inTime());
            }
            finished = true;
        } catch (IOException | InterruptedException e) {
            log().debug("A frame could not be finished.", e);
        } finally {
            if (!finished) {
                giveUp();
            }
            passTurn();
        }
    }

    private ChannelException failed(IOException cause) {
        giveUp();
        return closed("Sending failed, most likely because the peer is gone; "
                + "receive what it sent before to learn more: cause=" + cause.getMessage());
    }

    /** Lets nothing follow, having the turn, because a frame is torn that cannot be finished. */
    private void giveUp() {
        lock.lock();
        try {
            link.drop();
            turn.dissolve();
            if (phase == Phase.CLOSED) {
                link.close();
            } else {
                link.closeOutput();
            }
            phase = Phase.BROKEN;
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

    private void checkOpen(FrameType type) throws ChannelException {
        lock.lock();
        try {
            if (phase == Phase.ENDED && type == FrameType.MESSAGE) {
                throw new ChannelException.Closed("Nothing can be sent after closeOutput() on this side.", null);
            }
            if (phase == Phase.CLOSED || phase == Phase.BROKEN) {
                throw closed("An earlier send failed, most likely because the peer is gone; "
                        + "receive what it sent before to learn more.");
            }
        } finally {
            lock.unlock();
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
