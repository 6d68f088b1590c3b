package io.tournant.ipc.stream;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Received;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameReader;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The receiving half of a channel. */
final class Input {
    /*
     * Overview   The thread that receives reads by itself, straight from the wire: no other thread, no queue. It reads
     *            only when the buffer holds no whole frame, so who receives slowly holds the peer back. It keeps its
     *            turn while it waits; if it is interrupted, a half-read frame stays for the next.
     * States     open -> ended   END or GOODBYE taken
     *            any  -> over    GOODBYE, end of the stream, bytes that are no frame, an error: EndOfInput is thrown, to all
     *                            who come from now on with the same reason, upon which the channel closes
     * Fields     reader, ended, over  guarded by turn
     */

    private final ReentrantLock turn = new ReentrantLock();
    private final Wire wire;
    private final FrameReader reader;
    private boolean ended;
    private @Nullable CloseReason over;

    Input(Wire wire, FrameReader reader) {
        this.wire = wire;
        this.reader = reader;
    }

    Received receive(Deadline deadline) throws EndOfInput, InterruptedException {
        if (!deadline.tryLock(turn)) {
            return Received.Absent.NOTHING_YET;
        }
        try {
            return ended ? Received.Absent.END : next(deadline);
        } finally {
            turn.unlock();
        }
    }

    /** Looks, without waiting, for what may follow the end: a goodbye, or death. */
    void settle() throws EndOfInput {
        if (!turn.tryLock()) {
            return;
        }
        try {
            if (ended) {
                next(Deadline.NOW);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Does not wait", e);
        } finally {
            turn.unlock();
        }
    }

    boolean isEnded() {
        turn.lock();
        try {
            return ended;
        } finally {
            turn.unlock();
        }
    }

    private Received next(Deadline deadline) throws EndOfInput, InterruptedException {
        if (over != null) {
            throw new EndOfInput(over);
        }
        try {
            Frame frame = awaitFrame(deadline);
            return frame == null ? Received.Absent.NOTHING_YET : accept(frame);
        } catch (ChannelException.Corrupt e) {
            throw over(new CloseReason.Corrupt(e));
        } catch (IOException e) {
            throw over(new CloseReason.Failed(e));
        }
    }

    private @Nullable Frame awaitFrame(Deadline deadline) throws EndOfInput, IOException, InterruptedException {
        while (true) {
            Frame frame = reader.next();
            if (frame != null) {
                return frame;
            }
            int count = reader.fill(wire);
            if (count < 0) {
                throw over(new CloseReason.PeerDied());
            }
            if (count == 0) {
                if (deadline.hasPassed()) {
                    return null;
                }
                wire.awaitReadable(deadline);
            }
        }
    }

    private Received accept(Frame frame) throws EndOfInput, ChannelException.Corrupt {
        return switch (frame.type()) {
            case MESSAGE -> {
                refuseAfterEnd(frame);
                yield frame.message();
            }
            case END -> {
                refuseAfterEnd(frame);
                ended = true;
                yield Received.Absent.END;
            }
            case GOODBYE -> {
                ended = true;
                throw over(new CloseReason.PeerClosed());
            }
        };
    }

    private EndOfInput over(CloseReason reason) {
        over = reason;
        return new EndOfInput(reason);
    }

    private void refuseAfterEnd(Frame frame) throws ChannelException.Corrupt {
        if (ended) {
            throw new ChannelException.Corrupt("After the end only a goodbye may come: type=" + frame.type());
        }
    }
}
