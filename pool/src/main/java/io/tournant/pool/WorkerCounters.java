package io.tournant.pool;

import io.tournant.pool.lines.Padding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What one worker has done: counted by its thread, read by anybody. */
class WorkerCounters extends Padding {
    /*
     * Overview   Side by side, so that a worker that has slept finds all of them with one look into memory, and apart from
     *            what others write.
     *
     * Fields     all   the worker's thread reads and writes | others read, opaque | nothing else is concluded from them
     *
     * Accepted   A reader may see counts that are a little old, and one newer than the other.
     */
    private static final int STEPS_OF_A_TASK = 2;

    private static final VarHandle STEPS = handle("steps");
    private static final VarHandle STOLEN = handle("stolen");
    private static final VarHandle INJECTED = handle("injected");
    private static final VarHandle PARKS = handle("parks");
    private static final VarHandle WAKES = handle("wakes");
    private static final VarHandle USELESS_WAKES = handle("uselessWakes");

    /** The beginnings and the ends of tasks together: odd while one runs. */
    private long steps;

    private long stolen;
    private long injected;
    private long parks;
    private long wakes;
    private long uselessWakes;

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup()
                    .findVarHandle(WorkerCounters.class, field, long.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** A task begins or ends. */
    void onStep() {
        STEPS.setOpaque(this, steps + 1); // opaque: one writer; readers want no more than whole numbers that grow
    }

    /** A task that was run inside of another has ended. */
    void onNested() {
        STEPS.setOpaque(this, steps + STEPS_OF_A_TASK); // opaque: as above
    }

    /** A task was taken from another worker. */
    void onStolen() {
        STOLEN.setOpaque(this, stolen + 1); // opaque: as above
    }

    /** A task was taken from those submitted from outside. */
    void onInjected() {
        INJECTED.setOpaque(this, injected + 1); // opaque: as above
    }

    /** The worker goes to sleep. */
    void onPark() {
        PARKS.setOpaque(this, parks + 1); // opaque: as above
    }

    /** It was woken. */
    void onWake() {
        WAKES.setOpaque(this, wakes + 1); // opaque: as above
    }

    /** It was woken, and has found nothing. */
    void onUselessWake() {
        USELESS_WAKES.setOpaque(this, uselessWakes + 1); // opaque: as above
    }

    /** How many tasks have begun and ended, together. */
    long steps() {
        return (long) STEPS.getOpaque(this); // opaque: as above
    }

    boolean isInTask() {
        return steps() % STEPS_OF_A_TASK != 0;
    }

    /** How many tasks were run to their end. */
    long executed() {
        return steps() / STEPS_OF_A_TASK;
    }

    long stolen() {
        return (long) STOLEN.getOpaque(this); // opaque: as above
    }

    long injected() {
        return (long) INJECTED.getOpaque(this); // opaque: as above
    }

    long parks() {
        return (long) PARKS.getOpaque(this); // opaque: as above
    }

    long wakes() {
        return (long) WAKES.getOpaque(this); // opaque: as above
    }

    long uselessWakes() {
        return (long) USELESS_WAKES.getOpaque(this); // opaque: as above
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    static final class Apart extends WorkerCounters {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
    }
}
