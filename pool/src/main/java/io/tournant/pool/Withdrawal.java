package io.tournant.pool;

import io.tournant.pool.injection.Injector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes queued tasks of one type out of a pool that goes on. */
final class Withdrawal {

    private final Workers workers;
    private final Injector injector;
    private final PoolState state;
    private final @Nullable Bound bound;

    Withdrawal(Workers workers, Injector injector, PoolState state, @Nullable Bound bound) {
        this.workers = workers;
        this.injector = injector;
        this.state = state;
        this.bound = bound;
    }

    /**
     * Takes tasks of a type that are queued and not started: all that wait outside of the deques, and in those the oldest.
     * Whatever else waits outside is moved behind what comes meanwhile.
     */
    void drainTo(Class<? extends Runnable> type, Consumer<? super Runnable> unstarted) {
        List<Runnable> others = new ArrayList<>();
        workers.beginMoving();
        try {
            workers.drainOutside(task -> {
                if (type.isInstance(task)) {
                    unstarted.accept(task);
                } else {
                    others.add(task);
                }
            });
            others.forEach(this::putBack);
            workers.drainDeques(type, unstarted);
        } finally {
            workers.endMoving();
        }
    }

    /** What was accepted before is owed, whatever has become of the pool since. */
    private void putBack(Runnable task) {
        if (bound != null) {
            bound.comeBack();
        }
        injector.offer(task);
        workers.signal();
        if (state.isStopping() && workers.leftovers().takeBack(task)) { // shutdownNow may have returned without it
            if (task instanceof Forked<?> forked) {
                forked.cancel(false);
            } else {
                task.run();
            }
        }
    }
}
