package io.tournant.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * {@code PoolState.LEAVE}: one of two workers wants to end its thread since nothing is to be done, while the pool is
 * shut down and the other leaves: whoever remains terminates the pool.
 */
@JCStressTest
@Outcome(id = "true, 3", expect = ACCEPTABLE, desc = "It has ended its thread, and the other terminates the pool.")
@Outcome(id = "false, 3", expect = ACCEPTABLE, desc = "It stays, and the last to leave terminates the pool.")
@Outcome(expect = FORBIDDEN, desc = "Nobody is left, and the pool is not terminated.")
@State
public class PoolStateRestShutdownStress {

    /** The word changes once while a worker looks. */
    private static final int ATTEMPTS = 2;

    private final PoolState state = new PoolState();

    public PoolStateRestShutdownStress() {
        state.enter();
        state.enter();
    }

    @Actor
    public void idle(ZI_Result result) {
        result.r1 = state.tryRest();
        if (!result.r1) {
            leave();
        }
    }

    @Actor
    public void other() {
        state.toShutdown();
        leave();
    }

    private void leave() {
        for (int i = 0; i < ATTEMPTS; i++) {
            if (state.tryLeave(state.look())) {
                return;
            }
        }
    }

    @Arbiter
    public void end(ZI_Result result) {
        result.r2 = state.phase().ordinal();
    }
}
