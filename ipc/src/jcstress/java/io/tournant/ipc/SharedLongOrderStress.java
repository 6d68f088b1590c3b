package io.tournant.ipc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** {@code SharedLong.CELL}: each sets a cell and looks at the other's; one of them comes second. */
@JCStressTest
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = ACCEPTABLE,
        desc = "Who came second has seen the other.")
@Outcome(expect = FORBIDDEN, desc = "Neither has seen the other.")
@State
public class SharedLongOrderStress {

    private final MemorySegment bytes = Arena.ofAuto().allocate(16, 8);
    private final SharedLong left = new SharedLong(bytes, 0);
    private final SharedLong right = new SharedLong(bytes, 8);

    @Actor
    public void one(JJ_Result result) {
        left.set(1);
        result.r1 = right.get();
    }

    @Actor
    public void other(JJ_Result result) {
        right.set(1);
        result.r2 = left.get();
    }
}
