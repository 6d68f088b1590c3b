package io.tournant.core.executor;

import io.tournant.core.CircuitPolicy;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.RejectedTaskException.Reason;
import io.tournant.core.WorkerCrashedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps tasks away from a backend on which everything dies, until one has been seen to finish. */
final class Circuit {
    /*
     * States     closed -> open    lost      more losses in a row than allowed, within the time
     *            open   -> probing admit     the pause is over: one task is let through
     *            probing -> probing admit    that one has not ended for as long as a pause: another is let through
     *            probing -> open   lost      the next pause begins
     *            open, probing -> closed     finished
     *
     * Fields     all guarded by the monitor of this. losses holds the times of the losses in a row while closed; openUntil is
     *            when the next task may be let through, and means something while lastCrash is there
     */
    private static final Logger LOG = LoggerFactory.getLogger(io.tournant.core.TaskExecutor.class);

    private final String executor;
    private final CircuitPolicy policy;
    private final LongSupplier clock;
    private final Deque<Long> losses = new ArrayDeque<>();
    private @Nullable WorkerCrashedException lastCrash; // null while closed
    private long openUntil;

    Circuit(String executor, CircuitPolicy policy, LongSupplier clock) {
        this.executor = executor;
        this.policy = policy;
        this.clock = clock;
    }

    /** Lets a task in, or throws what submit is to throw. */
    synchronized void admit() {
        if (lastCrash == null) {
            return;
        }
        long now = clock.getAsLong();
        if (now - openUntil >= 0) {
            openUntil = now + TimeUnit.NANOSECONDS.convert(policy.pause());
            return;
        }
        throw new RejectedTaskException(
                Reason.CIRCUIT_OPEN,
                "Whatever runs tasks keeps dying, so no more are taken for a while. Look at the cause, and submit again"
                        + " later. executor=" + executor + " losses=" + policy.losses() + " within=" + policy.within()
                        + " pause=" + policy.pause(),
                lastCrash);
    }

    /** An attempt ended by itself: something can run tasks. */
    synchronized void finished() {
        losses.clear();
        if (lastCrash != null) {
            lastCrash = null;
            LOG.info("A task has finished again, and the circuit is closed. executor={}", executor);
        }
    }

    /** Whatever ran an attempt died. */
    synchronized void lost(WorkerCrashedException cause) {
        long now = clock.getAsLong();
        if (lastCrash != null) {
            lastCrash = cause;
            openUntil = now + TimeUnit.NANOSECONDS.convert(policy.pause());
            return;
        }
        losses.addLast(now);
        while (now - losses.getFirst() > TimeUnit.NANOSECONDS.convert(policy.within())) {
            losses.removeFirst();
        }
        if (losses.size() > policy.losses()) {
            losses.clear();
            lastCrash = cause;
            openUntil = now + TimeUnit.NANOSECONDS.convert(policy.pause());
            LOG.warn("Whatever runs tasks keeps dying; the circuit is open. executor={}", executor, cause);
        }
    }
}
