package io.tournant.core.admission;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code AdmissionGate.STOP}: a task begins while its executor is stopped; it sees that, or it is seen. */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The task sees that it is to stop.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The stopper sees the task.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both.")
@Outcome(expect = FORBIDDEN, desc = "The task runs on, and nobody stops it.")
@State
public class AdmissionGateStopStress {

    private static final VarHandle RUNNING;

    static {
        try {
            RUNNING = MethodHandles.lookup().findVarHandle(AdmissionGateStopStress.class, "running", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final AdmissionGate gate = new AdmissionGate();
    private boolean running;

    @Actor
    public void runner(ZZ_Result result) {
        RUNNING.setVolatile(this, true);
        result.r1 = gate.isStopping();
    }

    @Actor
    public void stopper(ZZ_Result result) {
        gate.stop();
        result.r2 = (boolean) RUNNING.getVolatile(this);
    }
}
