package io.tournant.ipc.process.worker;

/** The main class of a worker JVM: connects to its parent and runs what it is sent, one task after the other. */
public final class WorkerMain {

    private static final int FAILED = 1;

    private WorkerMain() {}

    /**
     * Runs until the parent ends the channel or is gone.
     *
     * @param args the name of this worker
     */
    public static void main(String[] args) {
        try {
            Thread.currentThread().setName(args[0]);
            new TaskLoop(LifeLine.open().connect()).run();
        } catch (Throwable e) { // whatever it is: a worker that cannot go on must not seem to be busy
            e.printStackTrace(); // the parent reads this process's output
            System.exit(FAILED);
        }
    }
}
