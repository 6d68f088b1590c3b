package io.tournant.ipc.process.worker;

import io.tournant.ipc.Channel;
import io.tournant.ipc.Transport;
import java.io.IOException;

/** The main class of a worker JVM: connects to its parent and runs what it is sent, one task after the other. */
public final class WorkerMain {

    private WorkerMain() {}

    /**
     * Runs until the parent ends the channel or is gone.
     *
     * @param args the name of this worker
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        LifeLine line = LifeLine.open();
        Channel channel = Transport.of(line.endpoint()).connect(line.endpoint(), line.token());
        Thread.currentThread().setName(args[0]);
        new TaskLoop(channel).run();
    }
}
