package io.tournant.pool.injection;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** {@code Stripe.CONSUMER}: two workers poll a queue that stands one consumer at a time. */
@JCStressTest
@Outcome(
        id = {"1, 10, 0", "10, 1, 0"},
        expect = ACCEPTABLE,
        desc = "One task each.")
@Outcome(
        id = {"1, 0, 10", "0, 1, 10"},
        expect = ACCEPTABLE,
        desc = "One worker was sent away while the other polled.")
@Outcome(expect = FORBIDDEN, desc = "One was lost or taken twice.")
@State
public class StripeConsumerStress {

    private record Weight(int weight) implements Runnable {
        @Override
        public void run() {}
    }

    private static final Weight ONE = new Weight(1);
    private static final Weight TEN = new Weight(10);

    private final Stripe stripe = new Stripe(4);

    public StripeConsumerStress() {
        stripe.offer(ONE);
        stripe.offer(TEN);
    }

    @Actor
    public void worker(III_Result result) {
        stripe.poll(1, task -> result.r1 += ((Weight) task).weight);
    }

    @Actor
    public void otherWorker(III_Result result) {
        stripe.poll(1, task -> result.r2 += ((Weight) task).weight);
    }

    @Arbiter
    public void left(III_Result result) {
        stripe.poll(4, task -> result.r3 += ((Weight) task).weight);
    }
}
