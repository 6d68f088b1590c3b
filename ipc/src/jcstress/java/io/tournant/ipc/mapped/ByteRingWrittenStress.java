package io.tournant.ipc.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** {@code ByteRing.WRITTEN}: bytes are read while they are written; those that are there are those that were written. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nothing yet.")
@Outcome(id = "8, 8", expect = ACCEPTABLE, desc = "All of them, with their values.")
@Outcome(expect = FORBIDDEN, desc = "Some, or what lay there before.")
@State
public class ByteRingWrittenStress {

    private final Sides sides = new Sides();

    @Actor
    public void writer() {
        sides.write(8, (byte) 1);
    }

    @Actor
    public void reader(II_Result result) {
        ByteBuffer read = sides.read(16);
        result.r1 = read.remaining();
        while (read.hasRemaining()) {
            result.r2 += read.get();
        }
    }
}
