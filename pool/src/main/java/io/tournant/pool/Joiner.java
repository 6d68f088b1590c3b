package io.tournant.pool;

import io.tournant.pool.deque.Steal;
import io.tournant.pool.lines.Padding;
import io.tournant.pool.parking.Spin;
import io.tournant.pool.parking.StackRoom;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How one worker waits for a forked task that it cannot simply pop. Used by the worker's thread. */
class Joiner extends Padding {
    /*
     * Overview   A task that lies deeper in the own deque is taken out and run. One that was stolen is helped along: the
     *            worker steals back from the thief (leapfrogging [1]), whose deque holds parts of the task, as a rule;
     *            if the thief itself waits for a task that was stolen from it, from that thief, and so on. When nothing
     *            is found for a while, the worker blocks and a spare may take its place.
     *            Only forked tasks are run here, and only those: anything else might take long, or wait for what lies
     *            below it on this stack.
     *            [1] Wagner, Calder: Leapfrogging: A Portable Technique for Implementing Efficient Futures, PPoPP 1993
     *
     * Fields     awaited  the worker writes | helpers read, opaque | a hint: whose thief to help
     */
    private static final long SPIN_NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 50_000 : 0;

    private static final int MAXIMUM_HOPS = 4;

    private static final VarHandle AWAITED;

    static {
        try {
            AWAITED = MethodHandles.lookup()
                    .findVarHandle(Joiner.class, "awaited", Forked.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Workers workers;
    private final Worker self;
    private final Spin spin = new Spin.Apart(SPIN_NANOS);

    private @Nullable Forked<?> awaited;
    private @Nullable Forked<?> stolen;

    Joiner(Workers workers, Worker self) {
        this.workers = workers;
        this.self = self;
    }

    /** Returns when the task is done; an interruption is seen again afterwards. */
    void join(Forked<?> task) {
        boolean interrupted = false;
        while (!task.isDone()) {
            try {
                joinInterruptibly(task);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the task is done, or throws when the thread is interrupted while it has nothing to do but wait. */
    void joinInterruptibly(Forked<?> task) throws InterruptedException {
        if (self.deque().takeOut(task, task.place())) {
            task.runUnstolen();
            return;
        }
        Forked<?> outer = awaited;
        setAwaitedOpaque(task); // opaque: a hint
        try {
            if (!helpFor(task)) {
                block(task, Waiter.FOR_EVER);
            }
        } finally {
            setAwaitedOpaque(outer); // opaque: a hint
        }
    }

    /** Waits without helping, which might take longer than the time. Returns whether the task is done. */
    boolean block(Forked<?> task, long timeoutNanos) throws InterruptedException {
        if (!self.beginBlocking()) {
            return task.await(timeoutNanos);
        }
        try {
            return task.await(timeoutNanos);
        } finally {
            self.endBlocking();
        }
    }

    /** Helps until the task is done or there has been nothing to help with for a while. Returns whether it is done. */
    private boolean helpFor(Forked<?> task) {
        spin.restart();
        while (!task.isDone()) {
            if (stealFor(task)) {
                runStolen();
                spin.restart();
            } else if (!spin.tryPause()) {
                return task.isDone();
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // the very worker
    private boolean stealFor(Forked<?> task) {
        Forked<?> wanted = task;
        for (int hop = 0; hop < MAXIMUM_HOPS; hop++) {
            int place = ~wanted.place();
            Worker thief = place < 0 ? null : workers.at(place);
            if (thief == null || thief == self) {
                return false;
            }
            if (!thief.deque().isEmpty()) {
                StackRoom.reserve();
            }
            if (thief.deque().stealIf(Forked.class, this::onStolen) == Steal.SUCCESS) {
                return true;
            }
            Forked<?> next = thief.joiner().awaitedOpaque(); // opaque: a hint
            if (next == null) {
                return false;
            }
            wanted = next;
        }
        return false;
    }

    private void onStolen(Runnable task) {
        self.counters().onStolen();
        stolen = (Forked<?>) task;
        stolen.onStolenAt(workers.placeOf(self.index()));
    }

    private void runStolen() {
        Forked<?> task = Objects.requireNonNull(stolen);
        stolen = null;
        task.run();
        self.counters().onNested();
    }

    private @Nullable Forked<?> awaitedOpaque() {
        return (Forked<?>) AWAITED.getOpaque(this); // opaque: a hint
    }

    private void setAwaitedOpaque(@Nullable Forked<?> task) {
        AWAITED.setOpaque(this, task); // opaque: a hint
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    static final class Apart extends Joiner {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        Apart(Workers workers, Worker self) {
            super(workers, self);
        }
    }
}
