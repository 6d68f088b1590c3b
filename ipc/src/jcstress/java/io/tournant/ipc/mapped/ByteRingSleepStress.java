package io.tournant.ipc.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.ipc.ChannelException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code ByteRing.SLEEP}: a reader is about to sleep while something is written; it sees that, or the bell is rung. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "It is rung for.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It does not sleep.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both.")
@Outcome(expect = FORBIDDEN, desc = "It sleeps, and nobody rings.")
@State
public class ByteRingSleepStress {

    private final Sides sides = new Sides();

    @Actor
    public void writer(ZZ_Result result) {
        sides.write(1, (byte) 1);
        result.r1 = sides.writer.wakes(RingLayout.READER_SLEEPS);
    }

    @Actor
    public void reader(ZZ_Result result) {
        sides.reader.sleeps(RingLayout.READER_SLEEPS);
        try {
            result.r2 = sides.reader.hasBytes();
        } catch (ChannelException.Corrupt e) {
            throw new AssertionError(e);
        }
    }
}
