package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * {@code PoolState.LEAVE}: two workers want to end their threads since nothing is to be done: one must stay, to
 * terminate the pool.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The first ends.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The second ends.")
@Outcome(expect = FORBIDDEN, desc = "Both end, or none.")
@State
public class PoolStateRestStress {

    private final PoolState state = new PoolState();

    public PoolStateRestStress() {
        state.enter();
        state.enter();
    }

    @Actor
    public void one(ZZ_Result result) {
        result.r1 = state.tryRest();
    }

    @Actor
    public void two(ZZ_Result result) {
        result.r2 = state.tryRest();
    }
}
