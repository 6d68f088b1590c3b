package io.tournant.pool.injection;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.pool.deque.Steal;
import io.tournant.pool.deque.WorkDeque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code Stripe.CONSUMER}: while a worker moves a batch to its deque, another thread drains the stripe and then the
 * deque, as shutdownNow does. It misses no task that the worker does not run.
 */
@JCStressTest
@Outcome(id = "0, 111", expect = ACCEPTABLE, desc = "The worker came too late.")
@Outcome(id = "1, 110", expect = ACCEPTABLE, desc = "The worker runs the oldest, the others were found in its deque.")
@Outcome(expect = FORBIDDEN, desc = "A task was on the way and is forgotten in the deque.")
@State
public class StripeDrainStress {

    private record Weight(int weight) implements Runnable {
        @Override
        public void run() {}
    }

    private final Stripe stripe = new Stripe(4);
    private final WorkDeque deque = new WorkDeque(4);

    public StripeDrainStress() {
        stripe.offer(new Weight(1));
        stripe.offer(new Weight(10));
        stripe.offer(new Weight(100));
    }

    @Actor
    public void worker(II_Result result) {
        stripe.poll(4, task -> {
            if (result.r1 == 0) {
                result.r1 = ((Weight) task).weight;
            } else {
                deque.push(task);
            }
        });
    }

    @Actor
    public void shutdownNow(II_Result result) {
        stripe.drain(task -> result.r2 += ((Weight) task).weight);
        while (deque.steal(task -> result.r2 += ((Weight) task).weight) == Steal.SUCCESS) {
            Thread.onSpinWait();
        }
    }
}
