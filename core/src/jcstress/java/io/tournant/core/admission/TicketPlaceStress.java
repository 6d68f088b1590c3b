package io.tournant.core.admission;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** {@code Ticket.PLACE}: a task ends while it is given a slot; the slot is used and given back, or never taken. */
@JCStressTest
@Outcome(id = "true, GIVE_BACK", expect = ACCEPTABLE, desc = "It had the slot.")
@Outcome(id = "false, TAKE_OUT", expect = ACCEPTABLE, desc = "It was over before.")
@Outcome(expect = FORBIDDEN, desc = "The slot is lost, or given back twice.")
@State
public class TicketPlaceStress {

    private final Ticket ticket = new Ticket(0, 1);

    @Actor
    public void granter(ZL_Result result) {
        result.r1 = ticket.toGranted();
    }

    @Actor
    public void ender(ZL_Result result) {
        result.r2 = ticket.toLeft();
    }
}
