package io.tournant.ipc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.Arena;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** {@code SharedLong.CELL}: two who add at once. */
@JCStressTest
@Outcome(id = "2", expect = ACCEPTABLE, desc = "Both have.")
@Outcome(expect = FORBIDDEN, desc = "One was lost.")
@State
public class SharedLongAddStress {

    private final SharedLong cell = new SharedLong(Arena.ofAuto().allocate(8, 8), 0);

    @Actor
    public void one() {
        cell.incrementAndGet();
    }

    @Actor
    public void other() {
        cell.incrementAndGet();
    }

    @Arbiter
    public void sum(J_Result result) {
        result.r1 = cell.get();
    }
}
