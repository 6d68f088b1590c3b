package io.tournant.ipc.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code SleepFlag.SLEEP}: a reader is about to sleep while a record is written; it sees that, or the bell is rung. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "It is rung for.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It does not sleep.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both.")
@Outcome(expect = FORBIDDEN, desc = "It sleeps, and nobody rings.")
@State
public class RingSleepStress {

    private final Sides sides = new Sides();

    @Actor
    public void writer(ZZ_Result result) {
        sides.write(1, 1);
        result.r1 = sides.readerSleeps.take();
    }

    @Actor
    public void reader(ZZ_Result result) {
        sides.readerSleeps.set();
        result.r2 = sides.reader.hasRecord();
    }
}
