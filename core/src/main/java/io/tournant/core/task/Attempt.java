package io.tournant.core.task;

import io.tournant.core.Placement;
import io.tournant.core.TaskPhase;
import org.jspecify.annotations.Nullable;

/**
 * The state of a task that has no outcome: not yet accepted, waiting for its turn, or running. What runs is an object of
 * its own, a {@link RunContext} on a thread of this JVM and a {@link Placed} elsewhere.
 */
class Attempt {

    static final Attempt CREATED = new Attempt(0, TaskPhase.CREATED);
    private static final Attempt FIRST = new Attempt(1, TaskPhase.READY);

    private final int number;
    private final TaskPhase phase;

    Attempt(int number, TaskPhase phase) {
        this.number = number;
        this.phase = phase;
    }

    /** Returns an attempt that waits for its turn. */
    static Attempt ready(int number) {
        return number == 1 ? FIRST : new Attempt(number, TaskPhase.READY);
    }

    /** An attempt that runs elsewhere than on a thread of this JVM. */
    static final class Placed extends Attempt {
        private final Placement placement;

        Placed(int number, Placement placement) {
            super(number, TaskPhase.RUNNING);
            this.placement = placement;
        }

        @Override
        Placement placement() {
            return placement;
        }
    }

    /** Returns which attempt it is, from 1. */
    final int number() {
        return number;
    }

    final TaskPhase phase() {
        return phase;
    }

    final boolean isReady() {
        return phase == TaskPhase.READY;
    }

    final boolean isRunning() {
        return phase == TaskPhase.RUNNING;
    }

    /** Returns where it runs, or null before that. */
    @Nullable
    Placement placement() {
        return null;
    }

    @Override
    public String toString() {
        return phase + " attempt=" + number;
    }
}
