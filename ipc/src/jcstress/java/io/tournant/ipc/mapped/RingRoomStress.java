package io.tournant.ipc.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.ipc.ChannelException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code SleepFlag.SLEEP}: a writer is about to sleep for want of room while that is given back; it sees that, or is rung for. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "It is rung for.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It does not sleep.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both.")
@Outcome(expect = FORBIDDEN, desc = "It sleeps, and nobody rings.")
@State
public class RingRoomStress {

    private final Sides sides = new Sides();

    public RingRoomStress() {
        sides.fill(Sides.LONGEST, 1);
    }

    @Actor
    public void reader(ZZ_Result result) {
        sides.read();
        result.r1 = sides.reader.giveBack() && sides.writerSleeps.take();
    }

    @Actor
    public void writer(ZZ_Result result) {
        sides.writerSleeps.set();
        try {
            result.r2 = sides.writer.hasRoom();
        } catch (ChannelException.Corrupt e) {
            throw new AssertionError(e);
        }
    }
}
