package io.tournant.core.task;

import io.tournant.core.Placement;
import io.tournant.core.TaskPhase;
import org.jspecify.annotations.Nullable;

/**
 * The state of a task that has no outcome: not yet accepted, waiting for its turn, or running. What runs is an object of
 * its own, a {@link RunContext} on a thread of this JVM and a {@link Placed} elsewhere.
 */
abstract class Attempt {

    static final Attempt CREATED = new Waiting(0, TaskPhase.CREATED, false);
    private static final Attempt FIRST = new Waiting(1, TaskPhase.READY, true);

    /** Returns an attempt that waits for its turn. */
    static Attempt ready(int number) {
        return number == 1 ? FIRST : new Waiting(number, TaskPhase.READY, true);
    }

    /** Returns an attempt that waits for the end of the pause before it. */
    static Attempt pausing(int number) {
        return new Waiting(number, TaskPhase.READY, false);
    }

    /** An attempt that has not begun. */
    private static final class Waiting extends Attempt {
        private final int number;
        private final TaskPhase phase;
        private final boolean mayBegin;

        Waiting(int number, TaskPhase phase, boolean mayBegin) {
            this.number = number;
            this.phase = phase;
            this.mayBegin = mayBegin;
        }

        @Override
        boolean mayBegin() {
            return mayBegin;
        }

        @Override
        int number() {
            return number;
        }

        @Override
        TaskPhase phase() {
            return phase;
        }
    }

    /** An attempt that runs elsewhere than on a thread of this JVM. */
    static final class Placed extends Attempt {
        private final int number;
        private final Placement placement;

        Placed(int number, Placement placement) {
            this.number = number;
            this.placement = placement;
        }

        @Override
        int number() {
            return number;
        }

        @Override
        TaskPhase phase() {
            return TaskPhase.RUNNING;
        }

        @Override
        Placement placement() {
            return placement;
        }
    }

    /** Returns which attempt it is, from 1. */
    abstract int number();

    abstract TaskPhase phase();

    /** Returns whether it waits for its turn, and for nothing else. */
    boolean mayBegin() {
        return false;
    }

    final boolean isReady() {
        return phase() == TaskPhase.READY;
    }

    final boolean isRunning() {
        return phase() == TaskPhase.RUNNING;
    }

    /** Returns where it runs, or null before that. */
    @Nullable
    Placement placement() {
        return null;
    }

    @Override
    public String toString() {
        return phase() + " attempt=" + number();
    }
}
