package io.tournant.pool.injection;

import io.tournant.pool.deque.Steal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/** One queue of the injector: many threads offer, and whoever holds the consumer's place takes. */
final class Stripe {
    /*
     * Overview   A JCTools queue for many producers and one consumer, and a try-lock that makes one consumer of many
     *            workers. Tasks are handed over while the lock is held: who gets the lock later finds each task that
     *            was here before either still here or wherever its taker put it, never on the way.
     *
     * States     consuming: 0 -> 1 by the worker that will take, 1 -> 0 by the same worker
     *
     * Fields     queue      producers offer at any time | takes: guarded by consuming
     *            batch      guarded by consuming
     *            consuming  CONSUMER
     *
     * Edges      CONSUMER   one consumer's takes, then consuming release -> CAS acquire, then the next consumer's takes
     *
     * Accepted   A producer that is suspended in the middle of an offer hides the tasks behind it in this stripe until
     *            it goes on; it then looks for a sleeping worker itself, so none of them is forgotten.
     */
    private static final int CHUNK = 256;

    private static final VarHandle CONSUMING;

    static {
        try {
            CONSUMING = MethodHandles.lookup()
                    .findVarHandle(Stripe.class, "consuming", int.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final MpscUnboundedVarHandleArrayQueue<Runnable> queue = new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private final @Nullable Runnable[] batch;

    @SuppressWarnings("unused") // through CONSUMING
    private int consuming;

    Stripe(int batchCapacity) {
        batch = new Runnable[batchCapacity];
    }

    void offer(Runnable task) {
        queue.offer(task);
    }

    /** Hands over up to {@code max} tasks: the oldest first, then the others from the newest to the second oldest. */
    Steal poll(int max, Consumer<? super Runnable> worker) {
        if (queue.isEmpty()) {
            return Steal.EMPTY;
        }
        if (!casConsuming()) { // CONSUMER
            return Steal.RETRY;
        }
        try {
            Runnable oldest = queue.relaxedPoll();
            if (oldest == null) {
                return Steal.EMPTY;
            }
            worker.accept(oldest);
            handOverBatch(Math.min(max - 1, batch.length), worker);
            return Steal.SUCCESS;
        } finally {
            setConsumingRelease(0); // CONSUMER
        }
    }

    private void handOverBatch(int max, Consumer<? super Runnable> worker) {
        int count = 0;
        while (count < max && (batch[count] = queue.relaxedPoll()) != null) {
            count++;
        }
        while (--count >= 0) {
            Runnable task = batch[count];
            batch[count] = null;
            if (task != null) {
                worker.accept(task);
            }
        }
    }

    /**
     * Hands over everything that was offered before the call, oldest first, and waits for offers that are under way.
     */
    @SuppressWarnings("ThreadPriorityCheck") // whoever is in the way may be without a processor
    void drain(Consumer<? super Runnable> receiver) {
        while (!casConsuming()) { // CONSUMER
            Thread.yield();
        }
        try {
            for (int left = queue.size(); left > 0; ) {
                Runnable task = queue.relaxedPoll();
                if (task == null) {
                    Thread.yield();
                } else {
                    receiver.accept(task);
                    left--;
                }
            }
        } finally {
            setConsumingRelease(0); // CONSUMER
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    private boolean casConsuming() {
        return (int) CONSUMING.compareAndExchangeAcquire(this, 0, 1) == 0; // CONSUMER
    }

    private void setConsumingRelease(int value) {
        CONSUMING.setRelease(this, value); // CONSUMER
    }
}
