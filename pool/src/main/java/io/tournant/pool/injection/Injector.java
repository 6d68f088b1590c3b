package io.tournant.pool.injection;

import io.tournant.pool.deque.Steal;
import java.util.function.Consumer;

/**
 * The unbounded way in for tasks from outside: any thread offers, the workers poll.
 *
 * <p>Each thread offers to the stripe that its id selects, so that few threads meet at one queue; the tasks of one
 * thread keep their order.
 *
 * <p><b>Thread safety.</b> Everything may be called by anybody. {@link #offer} and {@link #poll} do not block;
 * {@link #drain} waits for workers and threads that are in the middle of a poll or an offer.
 *
 * <p><b>Memory consistency effects.</b> What happens before the offer of a task happens before whatever follows its
 * being polled.
 */
public final class Injector {

    /** The bits of 2<sup>64</sup> divided by the golden ratio: neighbouring ids end up far apart. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int MAXIMUM_STRIPES_LOG2 = 16;

    private final Stripe[] stripes;

    /**
     * Creates an empty injector.
     *
     * @param stripeCount how many queues there are, a power of two up to 2<sup>16</sup>
     * @param batchCapacity the largest number of tasks that one poll hands over beyond the first
     */
    public Injector(int stripeCount, int batchCapacity) {
        if (stripeCount < 1 || stripeCount > 1 << MAXIMUM_STRIPES_LOG2 || Integer.bitCount(stripeCount) != 1) {
            throw new IllegalArgumentException(
                    "The number of stripes is no power of two up to 2^16. stripeCount=" + stripeCount);
        }
        stripes = new Stripe[stripeCount];
        for (int i = 0; i < stripeCount; i++) {
            stripes[i] = new Stripe(batchCapacity);
        }
    }

    /**
     * Creates an empty injector with four times as many queues as threads can submit at the same time, so that few of
     * them meet at one.
     *
     * @param batchCapacity the largest number of tasks that one poll hands over beyond the first
     * @return the injector
     */
    public static Injector forThisMachine(int batchCapacity) {
        int processors = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 16);
        return new Injector(Integer.highestOneBit(4 * processors - 1) * 2, batchCapacity);
    }

    /**
     * Adds a task.
     *
     * @param task the task
     */
    public void offer(Runnable task) {
        long id = Thread.currentThread().threadId();
        int spread = (int) ((id * SPREAD) >>> (Long.SIZE - MAXIMUM_STRIPES_LOG2));
        stripes[spread & (stripes.length - 1)].offer(task);
    }

    /**
     * Tries to take tasks from the first stripe that has any.
     *
     * @param first the number of the stripe to begin with, any integer
     * @param max the most tasks to take
     * @param worker gets the oldest task first and then the others from the newest to the second oldest, so that a
     *     worker that runs the first and stacks the others runs all of them in order
     * @return what became of it
     */
    public Steal poll(int first, int max, Consumer<? super Runnable> worker) {
        Steal result = Steal.EMPTY;
        for (int i = 0; i < stripes.length; i++) {
            Steal here = stripes[(first + i) & (stripes.length - 1)].poll(max, worker);
            if (here == Steal.SUCCESS) {
                return here;
            }
            if (here == Steal.RETRY) {
                result = here;
            }
        }
        return result;
    }

    /**
     * Takes all tasks that were offered before the call and are still here.
     *
     * @param receiver gets the tasks, those of each thread in order
     */
    public void drain(Consumer<? super Runnable> receiver) {
        for (Stripe stripe : stripes) {
            stripe.drain(receiver);
        }
    }

    /**
     * Tells whether there is nothing to poll.
     *
     * @return whether each stripe was empty at some moment during the call
     */
    public boolean isEmpty() {
        for (Stripe stripe : stripes) {
            if (!stripe.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Counts the tasks.
     *
     * @return an estimate while others offer and poll, exact otherwise
     */
    public long size() {
        long size = 0;
        for (Stripe stripe : stripes) {
            size += stripe.size();
        }
        return size;
    }
}
