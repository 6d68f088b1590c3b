package io.tournant.core.admission;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A task lines up while the only slot is given back: it gets its turn, once. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "It was passed on.")
@Outcome(expect = FORBIDDEN, desc = "The slot is free and nobody has it, or the task was passed on twice.")
@State
public class WaitingLineTurnStress {

    private final AtomicInteger passedOn = new AtomicInteger();
    private final WaitingLine<String> line = new WaitingLine<>(1, task -> passedOn.addAndGet(task.length()));
    private final Ticket first = new Ticket(0, 1);
    private final Ticket second = new Ticket(0, 2);

    public WaitingLineTurnStress() {
        line.enter(first, "");
    }

    @Actor
    public void newcomer() {
        line.enter(second, "x");
    }

    @Actor
    public void leaver() {
        line.leave(first);
    }

    @Arbiter
    public void arbiter(I_Result result) {
        result.r1 = passedOn.get();
    }
}
