package io.tournant.ipc.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@code ByteRing.TAKEN}: a full ring is read while others are to be written in the same places; none is overwritten before. */
@JCStressTest
@Outcome(id = "64", expect = ACCEPTABLE, desc = "What was written first was read.")
@Outcome(expect = FORBIDDEN, desc = "What was written later was read in its place.")
@State
public class ByteRingTakenStress {

    private final Sides sides = new Sides();

    public ByteRingTakenStress() {
        sides.write(Sides.CAPACITY, (byte) 1);
    }

    @Actor
    public void writer() {
        sides.write(64, (byte) 2);
    }

    @Actor
    public void reader(I_Result result) {
        ByteBuffer read = sides.read(64);
        while (read.hasRemaining()) {
            result.r1 += read.get();
        }
    }
}
