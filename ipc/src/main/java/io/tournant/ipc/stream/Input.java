package io.tournant.ipc.stream;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Received;
import io.tournant.ipc.frame.Frame;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The receiving half of a channel. */
final class Input {
    /*
     * Overview   The thread that receives reads by itself, straight from the link: no other thread, no queue. It keeps its turn
     *            while it waits; if it is interrupted, a half-read frame stays for the next.
     * States     open -> ended   END or GOODBYE taken
     *            any  -> over    GOODBYE, end of the link, bytes that are no frame, an error: EndOfInput is thrown, to all
     *                            who come from now on with the same reason, upon which the channel closes
     * Fields     ended, over     guarded by turn
     */

    private final Turn turn = new Turn();
    private final Link link;
    private boolean ended;
    private @Nullable CloseReason over;

    Input(Link link) {
        this.link = link;
    }

    Received receive(Deadline deadline) throws EndOfInput, InterruptedException {
        if (!turn.take(deadline)) {
            return Received.Absent.NOTHING_YET;
        }
        try {
            return ended ? Received.Absent.END : next(deadline);
        } finally {
            turn.pass();
        }
    }

    /** Looks, without waiting, for what may follow the end: a goodbye, or death. */
    void settle() throws EndOfInput {
        if (!turn.tryTake()) {
            return;
        }
        try {
            if (ended) {
                next(Deadline.NOW);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Does not wait", e);
        } finally {
            turn.pass();
        }
    }

    /** Whether the input has ended in good order; to be asked once the channel is closed by somebody who had the turn. */
    boolean isEnded() {
        return ended;
    }

    private Received next(Deadline deadline) throws EndOfInput, InterruptedException {
        if (over != null) {
            throw new EndOfInput(over);
        }
        try {
            Frame frame = link.read(deadline);
            return frame == null ? Received.Absent.NOTHING_YET : accept(frame);
        } catch (EOFException e) {
            throw over(new CloseReason.PeerDied());
        } catch (ChannelException.Corrupt e) {
            throw over(new CloseReason.Corrupt(e));
        } catch (IOException e) {
            throw over(new CloseReason.Failed(e));
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
