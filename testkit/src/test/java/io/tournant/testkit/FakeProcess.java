package io.tournant.testkit;

import io.tournant.core.Placement;
import io.tournant.core.TaskHandle;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.WorkerCrashedException.Crash;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.HostedTask;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A thread that plays a worker process: its tasks are copies, it can die at any moment, and once it is dead nobody hears of
 * it again, although the thread goes on for as long as the task makes it.
 */
final class FakeProcess extends Thread {
    /*
     * States     IDLE -> ACCEPTING  a job is taken; nothing of the user's has run
     *            ACCEPTING -> BUSY  its run has begun, and its code is called next
     *            ACCEPTING, BUSY -> IDLE
     *            any -> DEAD        at once, but in ACCEPTING by this thread alone, when it comes to that
     *
     * Fields     state, job, hosted, condemned   guarded by the monitor of the backend
     */
    private static final AtomicLong PIDS = new AtomicLong();
    private static final Map<String, FakeProcess> LIVING = new ConcurrentHashMap<>();

    private enum State {
        IDLE,
        ACCEPTING,
        BUSY,
        DEAD
    }

    private final IsolatingBackend backend;
    private final long pid;
    private final long bornNanos = System.nanoTime();
    private State state = State.IDLE;
    private @Nullable Job job;
    private @Nullable HostedTask<@Nullable Object> hosted;
    private @Nullable Crash condemned;

    FakeProcess(IsolatingBackend backend) {
        super(null, null, "fake process " + PIDS.incrementAndGet(), 0, false); // nothing of whichever thread starts it
        this.backend = backend;
        pid = Long.parseLong(getName().substring("fake process ".length()));
        setDaemon(true);
        LIVING.put(getName(), this);
    }

    /** Ends the process whose task calls this, as {@code Runtime.halt} ends a JVM. Does not return. */
    static void halt(int code) {
        FakeProcess self = (FakeProcess) Thread.currentThread();
        self.die(new Crash.Exited(code));
        throw new Halted();
    }

    /** Unwinds the task of a process that is dead. */
    private static final class Halted extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Kills the process that runs a task. */
    static void kill(TaskHandle<?> handle) {
        Placement.Elsewhere place = (Placement.Elsewhere) handle.placement().orElseThrow();
        FakeProcess process = LIVING.get(place.text());
        if (process == null) {
            throw new AssertionError("This process does not live: " + place);
        }
        process.die(new Crash.Signal(9));
    }

    // ------------------------------------------------------------------ this thread

    @Override
    public void run() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = executeNext();
        }
    }

    /** A frame of its own, so that this thread holds no job while it waits for the next. */
    private boolean executeNext() {
        Job next = backend.take(this);
        if (next == null) {
            return false;
        }
        execute(next);
        return true;
    }

    private void execute(Job accepted) {
        if (backend.diesBeforeTheNextRunBegins()) {
            diesNow(new Crash.Signal(11));
            return;
        }
        if (!backend.begin(accepted, new Placement.Elsewhere(getName()))) {
            toIdle();
            return;
        }
        HostedTask<@Nullable Object> task = toBusy();
        if (task == null) {
            return;
        }
        task.run();
        if (toIdle()) {
            accepted.report(task.handle().outcome().orElseThrow());
            backend.worked(this);
        }
    }

    /** Takes a job over. Called with the monitor of the backend held. */
    void accept(Job accepted) {
        job = accepted;
        hosted = accepted.deliver();
        state = State.ACCEPTING;
    }

    /** Returns the task to execute now, or null if this process died before. */
    private @Nullable HostedTask<@Nullable Object> toBusy() {
        Crash verdict;
        synchronized (backend) {
            verdict = condemned;
            if (verdict == null) {
                state = State.BUSY;
                return hosted;
            }
        }
        diesNow(verdict);
        return null;
    }

    /** Returns false if this process has died, so that its news reach nobody. */
    private boolean toIdle() {
        synchronized (backend) {
            if (state == State.DEAD) {
                return false;
            }
            state = State.IDLE;
            job = null;
            hosted = null;
            return true;
        }
    }

    // ------------------------------------------------------------------ any thread

    boolean isDead() {
        synchronized (backend) {
            return state == State.DEAD;
        }
    }

    /** Returns what this process has in its hands. Called with the monitor of the backend held. */
    @Nullable
    Job job() {
        return job;
    }

    void cancel(Job which, CancelMode mode) {
        HostedTask<@Nullable Object> task;
        synchronized (backend) {
            task = which.equals(job) ? hosted : null;
        }
        if (task != null) {
            task.cancel(mode);
        }
    }

    /** Kills this process if it still has the job. */
    void killWith(Job which) {
        boolean has;
        synchronized (backend) {
            has = which.equals(job);
        }
        if (has) {
            die(new Crash.Signal(9));
        }
    }

    void die(Crash crash) {
        synchronized (backend) {
            if (state == State.ACCEPTING) {
                condemned = crash;
                return;
            }
        }
        diesNow(crash);
    }

    private void diesNow(Crash crash) {
        Job orphan;
        boolean begun;
        synchronized (backend) {
            if (state == State.DEAD) {
                return;
            }
            begun = state == State.BUSY;
            state = State.DEAD;
            orphan = job;
            job = null;
        }
        LIVING.remove(getName());
        interrupt(); // what it still does is of no use
        backend.buried(this, orphan, begun, obituary(crash));
    }

    private WorkerCrashedException obituary(Crash crash) {
        return new WorkerCrashedException(
                "A fake process died: crash=" + crash + " pid=" + pid,
                crash,
                pid,
                Duration.ofNanos(System.nanoTime() - bornNanos),
                "");
    }
}
