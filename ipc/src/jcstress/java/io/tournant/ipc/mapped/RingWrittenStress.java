package io.tournant.ipc.mapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tournant.ipc.Message;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@code RingWriter.WRITTEN} and {@code RingReader.WRITTEN}: two records are written and read behind the end of the ring, in
 * places where bytes lie from before; what is there is what was written, and after it comes nothing else.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nothing yet.")
@Outcome(
        id = {"18, 0", "18, 36"},
        expect = ACCEPTABLE,
        desc = "The first, or both, with all their bytes.")
@Outcome(expect = FORBIDDEN, desc = "Some bytes, or what lay there before.")
@State
public class RingWrittenStress {

    /** Eight of these make no commit word that is valid, and none that says that there is no record. */
    private static final int STALE = 0x10;

    private final Sides sides = new Sides();

    public RingWrittenStress() {
        do { // up to the end of the ring, and a little into its places from before
            sides.write(Sides.LONGEST - 8, STALE);
            while (sides.read() == null) {
                Thread.onSpinWait(); // padding
            }
            sides.reader.giveBack();
        } while (sides.writer.position() < Sides.CAPACITY);
    }

    @Actor
    public void writer() {
        sides.write(16, 1);
        sides.write(16, 2);
    }

    @Actor
    public void reader(II_Result result) {
        Message first = sides.read();
        result.r1 = Sides.sum(first);
        result.r2 = first == null ? 0 : Sides.sum(sides.read());
    }
}
