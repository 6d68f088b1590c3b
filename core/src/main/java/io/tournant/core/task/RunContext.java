package io.tournant.core.task;

import io.tournant.core.Placement;
import io.tournant.core.Progress;
import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskId;
import io.tournant.core.TaskPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The context of a task that runs on a thread of this JVM. */
public class RunContext extends Attempt implements TaskContext {
    /*
     * Overview   The state of a task while a thread runs it, and what its code sees of that. Knows the thread to
     *            interrupt and the callbacks to call. Whether the task is cancelled is asked of the task, so that there is
     *            one truth.
     * Fields     rare is guarded by the monitor of this. A callback is registered before the canceller takes the
     *            list, and is in it; or after, and then the task is already seen as cancelled.
     */
    private static final Logger LOG = LoggerFactory.getLogger(TaskContext.class);

    static final ScopedValue<RunContext> CURRENT = ScopedValue.newInstance();

    /** The owner of the task whose futures the calling thread completes, and those around it. */
    static final ScopedValue<Completing> COMPLETING = ScopedValue.newInstance();

    /** Code of the user's that is told of a task, perhaps inside of other such code. */
    record Completing(TaskOwner owner, @Nullable Completing around) {

        /** Returns what is to be bound for this owner on the calling thread. */
        static Completing of(TaskOwner owner) {
            return new Completing(owner, COMPLETING.isBound() ? COMPLETING.get() : null);
        }
    }

    /** More calls than the way into or out of an executor takes, even where classes are still to be loaded on it. */
    private static final int RESERVED_CALLS = 1_000;

    /** Tasks that are inside of fewer others are let be. */
    private static final int DEEP = 32;

    private final ManagedTask<?> task;
    private final Thread thread;
    private @Nullable Rare rare;

    /** What few runs need. */
    private static final class Rare {
        private List<Callback> callbacks = new ArrayList<>(2);
        private boolean isAside;
    }

    /** One registration: the same code may be registered twice, and each removed by itself. */
    private static final class Callback {
        private final Runnable code;

        Callback(Runnable code) {
            this.code = code;
        }
    }

    private RunContext(ManagedTask<?> task, Thread thread) {
        this.task = task;
        this.thread = thread;
    }

    /** Makes the context of an attempt on the calling thread. */
    static RunContext of(ManagedTask<?> task, int attempt) {
        Thread thread = Thread.currentThread();
        RunContext around = innermost();
        return attempt == 1 && around == null
                ? new RunContext(task, thread)
                : new Unusual(task, thread, attempt, around);
    }

    private static @Nullable RunContext innermost() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Few tasks get to a second attempt or run inside of another, and the others need no fields for that. */
    private static final class Unusual extends RunContext {
        private final int number;
        private final int depth;

        private @Nullable RunContext
                around; // until the code has returned: a handle keeps this object, and not that one

        Unusual(ManagedTask<?> task, Thread thread, int number, @Nullable RunContext around) {
            super(task, thread);
            this.number = number;
            this.around = around;
            depth = around == null ? 0 : around.depth() + 1;
        }

        @Override
        int number() {
            return number;
        }

        @Override
        @Nullable
        RunContext around() {
            return around;
        }

        @Override
        int depth() {
            return depth;
        }

        @Override
        void leave() {
            RunContext outer = around;
            around = null;
            if (outer != null) {
                outer.interruptAgain();
            }
        }
    }

    /**
     * Has the stack overflow here, if little of it is left, and not where that would cost an account: a task that does not
     * begin is executed by another thread. Only tasks inside of tasks get so deep without their code's doing.
     */
    public static void reserveStack() {
        RunContext context = innermost();
        if (context != null && context.depth() >= DEEP) {
            int _ = descend(RESERVED_CALLS);
        }
    }

    private static int descend(int calls) {
        return calls == 0 ? 0 : 1 + descend(calls - 1);
    }

    /** Returns the context of the task whose code had this one executed, or null if there is none. */
    @Nullable
    RunContext around() {
        return null;
    }

    /** Returns how many tasks this one is inside of. */
    int depth() {
        return 0;
    }

    /** The thread has left the task of this context, and taken back whatever interrupt that left. */
    void leave() {}

    /** An interrupt of this task may have come while its thread executed another one. */
    private void interruptAgain() {
        if (isOnThisThread() && task.isBeingInterrupted(this)) {
            thread.interrupt();
        }
    }

    private boolean isOnThisThread() {
        return thread.equals(Thread.currentThread());
    }

    @Override
    int number() {
        return 1;
    }

    @Override
    TaskPhase phase() {
        return TaskPhase.RUNNING;
    }

    /** Returns the context bound to the calling thread. */
    public static Optional<TaskContext> find() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /**
     * Executes a task that waits, if the calling thread belongs to a task of the same executor: it would keep busy what
     * the other waits for. Returns false if the thread does not belong to one.
     */
    public static boolean helpFromOwnTask(ManagedTask<?> awaited) throws InterruptedException {
        RunContext self = innermost();
        if (self == null
                || !self.isOnThisThread()
                || !isInTaskOf(awaited.owner().principal())) {
            return false;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        awaited.owner().help(awaited);
        return true;
    }

    /** Runs code of the user's that is told of a task of this owner, and must not wait for its executor. */
    public static void completing(TaskOwner owner, Runnable code) {
        ScopedValue.where(COMPLETING, Completing.of(owner)).run(code);
    }

    /** As the other, for code that answers. */
    public static <R extends @Nullable Object> R completing(TaskOwner owner, Supplier<R> code) {
        return ScopedValue.where(COMPLETING, Completing.of(owner)).call(code::get);
    }

    /** Returns whether the calling thread executes a task of this owner, or what users hung on its end, at any depth. */
    public static boolean isInTaskOf(TaskOwner owner) {
        for (RunContext context = innermost(); context != null; context = context.around()) {
            if (context.task.owner().principal().equals(owner)) {
                return true;
            }
        }
        Completing told = COMPLETING.isBound() ? COMPLETING.get() : null;
        while (told != null && !told.owner().principal().equals(owner)) {
            told = told.around();
        }
        return told != null;
    }

    ManagedTask<?> task() {
        return task;
    }

    Thread thread() {
        return thread;
    }

    @Override
    public TaskId id() {
        return task.id();
    }

    @Override
    public int attempt() {
        return number();
    }

    @Override
    Placement placement() {
        return new Placement.OnThread(thread.getName());
    }

    @Override
    public TaskExecutor executor() {
        return task.owner().executor();
    }

    @Override
    public <S> S workerState(Class<S> type, Supplier<? extends S> factory) {
        return task.owner().workerStates().get(type, factory);
    }

    @Override
    public boolean isCancelled() {
        return task.isUnwanted(this);
    }

    @Override
    public Registration onCancel(Runnable callback) {
        synchronized (this) {
            if (!isCancelled()) {
                Callback entry = new Callback(callback);
                rare().callbacks.add(entry);
                return () -> remove(entry);
            }
        }
        call(callback);
        return () -> {};
    }

    /** Called with the monitor. */
    private Rare rare() {
        if (rare == null) {
            rare = new Rare();
        }
        return rare;
    }

    private synchronized void remove(Callback entry) {
        rare().callbacks.remove(entry);
    }

    /** Calls the callbacks registered so far. Called once, after the task is seen as cancelled. */
    void fireCancelled() {
        List<Callback> taken;
        synchronized (this) {
            taken = rare == null ? List.of() : rare.callbacks;
            if (rare != null) {
                rare.callbacks = new ArrayList<>(0);
            }
        }
        taken.forEach(entry -> call(entry.code));
    }

    /** Interrupts the thread, unless it executes another task just now; then it is interrupted after that. */
    synchronized void interrupt() {
        if (rare == null || !rare.isAside) {
            thread.interrupt();
        }
    }

    /** Returns what it was before. */
    private synchronized boolean isAside(boolean aside) {
        boolean before = rare().isAside;
        rare().isAside = aside;
        return before;
    }

    /** Executes another task on the calling thread. An interrupt of a task around it, if there is one, comes afterwards. */
    public static void aside(Runnable other) {
        RunContext first = innermost();
        RunContext end = first;
        while (end != null
                && end.isOnThisThread()
                && !end.isAside(true)) { // those around one that is aside are so as well
            end = end.around();
        }
        try {
            other.run();
        } finally {
            for (RunContext each = first; each != null && !each.equals(end); each = each.around()) {
                boolean _ = each.isAside(false);
                each.interruptAgain();
            }
        }
    }

    private void call(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) { // checked ones as well, from a language without them
            Notes.warn(LOG, "A cancellation callback threw. task=" + task.name(), e);
        }
    }

    @Override
    public Optional<Duration> remaining() {
        return task.remaining();
    }

    @Override
    public void progress(long done, long total, String message) {
        task.progress(new Progress(done, total, message));
    }
}
