package io.tournant.ipc.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code RingWriter.TAKEN} and {@code RingReader.TAKEN}: a full ring is read while others are to be written in the same places;
 * none is overwritten before.
 */
@JCStressTest
@Outcome(
        id = {"0, 498", "1, 498"},
        expect = ACCEPTABLE,
        desc = "What was written first was read, whether there was room then or not.")
@Outcome(expect = FORBIDDEN, desc = "What was written later was read in its place, or nothing that makes sense.")
@State
public class RingTakenStress {

    private final Sides sides = new Sides();

    public RingTakenStress() {
        sides.fill(Sides.LONGEST, 1);
        sides.write(Sides.LONGEST - 8, 1); // now there are 8 bytes left, for the commit word behind
    }

    @Actor
    public void writer(II_Result result) {
        result.r1 = sides.write(Sides.LONGEST - 16, 2) ? 1 : 0;
    }

    @Actor
    public void reader(II_Result result) {
        result.r2 = Sides.sum(sides.read());
        sides.reader.giveBack();
    }
}
