package io.tournant.testkit;

import io.tournant.core.Placement;
import io.tournant.core.Progress;
import io.tournant.core.Task;
import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.spi.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A run that belongs to no executor, and writes down what its backend does with it. */
final class RecordedRun implements TaskRun<@Nullable Object> {
    /*
     * Fields     everything that is not final   guarded by the monitor of this
     */
    private static final AtomicLong IDS = new AtomicLong(1_000_000_000);

    private final TaskId id = new TaskId(IDS.incrementAndGet());
    private final Callable<@Nullable Object> body;
    private final TaskOptions options;
    private final List<String> events = new ArrayList<>();
    private CompletableFuture<String> end = new CompletableFuture<>();
    private Runnable onBegin = () -> {};
    private int attempt = 1;
    private boolean cancelled;
    private boolean begun;
    private @Nullable Object attachment;

    RecordedRun(Task<?> body) {
        this(TaskOptions.ofDefaults(), body);
    }

    RecordedRun(TaskOptions options, Task<?> body) {
        this.options = options;
        this.body = (Task<@Nullable Object>) body::call;
    }

    /** Has something done when the run begins, on the thread that begins it. */
    synchronized RecordedRun onBegin(Runnable action) {
        onBegin = action;
        return this;
    }

    /** As after a cancellation: it must not begin. */
    synchronized void cancel() {
        cancelled = true;
    }

    /** As before another attempt. */
    synchronized void again() {
        attempt++;
        begun = false;
        end = new CompletableFuture<>();
    }

    /** Returns what was done with this run, in order. */
    synchronized List<String> events() {
        return List.copyOf(events);
    }

    /** Returns how the present attempt ends. */
    synchronized CompletableFuture<String> end() {
        return end;
    }

    // ------------------------------------------------------------------ what a backend sees

    @Override
    public TaskId id() {
        return id;
    }

    @Override
    public TaskOptions options() {
        return options;
    }

    @Override
    public Callable<@Nullable Object> body() {
        return body;
    }

    @Override
    public synchronized int attempt() {
        return attempt;
    }

    @Override
    public Optional<Duration> untilDeadline() {
        return options.deadline();
    }

    @Override
    public synchronized void attach(@Nullable Object attachment) {
        this.attachment = attachment;
    }

    @Override
    public synchronized @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void run() {
        if (!begin(new Placement.OnThread(Thread.currentThread().getName()))) {
            return;
        }
        try {
            succeed(body.call());
        } catch (Throwable e) { // whatever the code throws is its outcome
            fail(e);
        } finally {
            Thread.interrupted();
        }
    }

    @Override
    public boolean begin(Placement placement) {
        Runnable action;
        synchronized (this) {
            if (cancelled) {
                finish("refused");
                return false;
            }
            begun = true;
            events.add("begin");
            action = onBegin;
        }
        action.run();
        return true;
    }

    @Override
    public synchronized void progress(Progress progress) {
        events.add("progress " + progress.done());
    }

    @Override
    public synchronized void succeed(@Nullable Object value) {
        if (!begun) {
            events.add("succeeded unbegun");
            throw new IllegalStateException("The run has not begun");
        }
        finish("succeeded " + value);
    }

    @Override
    public synchronized void fail(Throwable cause) {
        finish("failed " + cause.getMessage());
    }

    @Override
    public synchronized void lose(WorkerCrashedException cause) {
        finish("lost " + cause.crash());
    }

    private void finish(String how) {
        events.add(how);
        if (!end.complete(how)) {
            throw new IllegalStateException("The end of the run was reported before: events=" + events);
        }
    }
}
