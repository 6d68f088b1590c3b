package io.tournant.testkit;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Transport;
import org.junit.jupiter.api.Assumptions;

/** Whether a transport can be had on this machine. */
public final class Availability {

    private Availability() {}

    /** Skips a test, with the reason, where it cannot. */
    public static void assume(Transport transport) {
        try {
            transport.listen().close();
        } catch (ChannelException e) {
            Assumptions.abort(e.getMessage());
        }
    }
}
