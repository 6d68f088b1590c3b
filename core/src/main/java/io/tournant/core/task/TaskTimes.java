package io.tournant.core.task;

import io.tournant.core.TaskPhase;
import java.time.Instant;
import java.util.Optional;

/** When a task entered its phases. Exists only for a task whose times somebody wants to know. */
public final class TaskTimes {
    /*
     * Fields     guarded by the monitor of this; nanoseconds of System.nanoTime, of the present attempt
     */
    private static final long NOT_REACHED = Long.MIN_VALUE;

    private final Instant submitted = Instant.now();
    private final long submittedNanos = System.nanoTime();
    private long readyNanos = submittedNanos;
    private long begunNanos = NOT_REACHED;
    private long endedNanos = NOT_REACHED;

    TaskTimes() {}

    synchronized void readyAgain() {
        readyNanos = System.nanoTime();
        begunNanos = NOT_REACHED;
    }

    synchronized void begun() {
        begunNanos = System.nanoTime();
    }

    synchronized void ended() {
        endedNanos = System.nanoTime();
    }

    /** Returns how long the last attempt waited for its turn, or -1 if it never began. */
    public synchronized long waitNanos() {
        return begunNanos == NOT_REACHED ? -1 : begunNanos - readyNanos;
    }

    /** Returns how long the last attempt ran, or -1 if it has not ended or never began. */
    public synchronized long runNanos() {
        return begunNanos == NOT_REACHED || endedNanos == NOT_REACHED ? -1 : endedNanos - begunNanos;
    }

    synchronized Optional<Instant> at(TaskPhase phase) {
        long nanos =
                switch (phase) {
                    case CREATED -> submittedNanos;
                    case READY -> readyNanos;
                    case RUNNING -> begunNanos;
                    case TERMINATED -> endedNanos;
                };
        return nanos == NOT_REACHED ? Optional.empty() : Optional.of(submitted.plusNanos(nanos - submittedNanos));
    }
}
