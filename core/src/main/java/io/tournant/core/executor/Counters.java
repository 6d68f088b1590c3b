package io.tournant.core.executor;

import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskOutcome;
import io.tournant.core.admission.AdmissionGate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts what becomes of tasks. How many were submitted is known to the gate. */
final class Counters {
    /*
     * Overview   Each task adds to one of the words when its outcome is known, so that they need no more than to stand apart
     *            from what others write. (A LongAdder is no faster for two threads, and slower for a virtual thread, which
     *            has to find a cell of its own each time.)
     * Fields     words  | incremented by whoever makes an outcome known | read by whoever wants statistics | COUNTED
     * Edges
     *            COUNTED  a task is let in, then its outcome counted -> the outcomes are read, then how many were let in: no
     *                     sum of outcomes exceeds it
     */
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int APART = 128 / Long.BYTES;
    private static final int SUCCEEDED = APART;
    private static final int FAILED = APART + 1;
    private static final int CANCELLED = APART + 2;
    private static final int TIMED_OUT = APART + 3;
    private static final int LOST = APART + 4;
    private static final int REJECTED = APART + 5;
    private static final int REFUSED = APART + 6;
    private static final int RETRIED = APART + 7;
    private static final int ABANDONED = APART + 8;

    private final long[] words = new long[ABANDONED + APART];

    void rejected() {
        increment(REJECTED);
    }

    /** A task that was let in was not taken by the backend. */
    void refused() {
        increment(REFUSED);
    }

    void retried() {
        increment(RETRIED);
    }

    void abandoned() {
        increment(ABANDONED);
    }

    void ended(TaskOutcome<?> outcome) {
        increment(
                switch (outcome) {
                    case TaskOutcome.Succeeded<?> _ -> SUCCEEDED;
                    case TaskOutcome.Failed<?> _ -> FAILED;
                    case TaskOutcome.Cancelled<?> _ -> CANCELLED;
                    case TaskOutcome.TimedOut<?> _ -> TIMED_OUT;
                    case TaskOutcome.Lost<?> _ -> LOST;
                });
    }

    private void increment(int word) {
        WORDS.getAndAdd(words, word, 1L); // COUNTED
    }

    private long get(int word) {
        return (long) WORDS.getVolatile(words, word); // COUNTED
    }

    ExecutorStats snapshot(AdmissionGate gate, long running, long waiting) {
        long succeeded = get(SUCCEEDED);
        long failed = get(FAILED);
        long cancelled = get(CANCELLED);
        long timedOut = get(TIMED_OUT);
        long lost = get(LOST);
        long refused = get(REFUSED);
        long submitted = gate.admitted() - refused; // last
        return new ExecutorStats(
                submitted,
                succeeded,
                failed,
                cancelled,
                timedOut,
                lost,
                get(REJECTED),
                get(RETRIED),
                get(ABANDONED),
                running,
                waiting);
    }
}
