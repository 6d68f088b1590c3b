package io.tournant.core.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** {@code TaskIds.UNIQUE}: two threads number tasks at once; the numbers differ. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "Two numbers.")
@Outcome(expect = FORBIDDEN, desc = "Two tasks with one number.")
@State
public class TaskIdsUniqueStress {

    private long first;
    private long second;

    @Actor
    public void oneThread() {
        first = TaskIds.next().value();
    }

    @Actor
    public void anotherThread() {
        second = TaskIds.next().value();
    }

    @Arbiter
    public void arbiter(Z_Result result) {
        result.r1 = first != second;
    }
}
