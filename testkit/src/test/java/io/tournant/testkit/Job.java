package io.tournant.testkit;

import io.tournant.core.RemoteTaskException;
import io.tournant.core.TaskOptions;
import io.tournant.core.TaskOutcome;
import io.tournant.core.spi.HostedTask;
import io.tournant.core.spi.TaskRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A run with its code as bytes, on its way to a {@link FakeProcess}. Used by one thread at a time. */
final class Job {

    private static final int MAX_DELIVERIES = 3;

    private final TaskRun<@Nullable Object> run;
    private final byte[] code;
    private final Defect defect;
    private int deliveries;

    @SuppressWarnings("unchecked") // a value is checked by whoever asks for it
    Job(TaskRun<?> run, byte[] code, Defect defect) {
        this.run = (TaskRun<@Nullable Object>) run;
        this.code = code;
        this.defect = defect;
    }

    TaskRun<@Nullable Object> run() {
        return run;
    }

    boolean mayBeDeliveredAgain() {
        return deliveries < MAX_DELIVERIES;
    }

    boolean wasDelivered() {
        return deliveries > 0;
    }

    /** Returns the task as the far side sees it, which it does not touch before it runs. */
    HostedTask<@Nullable Object> deliver() {
        deliveries++;
        Callable<@Nullable Object> once =
                () -> Copies.<Callable<@Nullable Object>>decode(code).call();
        Callable<@Nullable Object> body = defect == Defect.RUNS_TWICE ? twice(once) : once;
        int attempt = defect == Defect.FORGETS_THE_ATTEMPT ? 1 : run.attempt();
        return HostedTask.of(run.id(), attempt, options(), body, progress -> {
            if (defect != Defect.DROPS_PROGRESS) {
                run.progress(progress);
            }
        });
    }

    private static Callable<@Nullable Object> twice(Callable<@Nullable Object> body) {
        return () -> {
            body.call();
            return body.call();
        };
    }

    /** The deadline counts from submit. */
    private TaskOptions options() {
        TaskOptions options = run.options();
        return run.untilDeadline()
                .map(left -> options.deadline(left.isPositive() ? left : Duration.ofNanos(1)))
                .orElse(options);
    }

    void report(TaskOutcome<@Nullable Object> outcome) {
        switch (outcome) {
            case TaskOutcome.Succeeded<@Nullable Object> succeeded -> succeed(succeeded.value());
            case TaskOutcome.Failed<@Nullable Object> failed -> fail(failed.cause());
            case TaskOutcome.Cancelled<@Nullable Object> cancelled -> end(() -> run.fail(new CancellationException()));
            case TaskOutcome.TimedOut<@Nullable Object> timedOut ->
                throw new AssertionError("limits are enforced at home");
            case TaskOutcome.Lost<@Nullable Object> lost -> throw new AssertionError("a dead process reports nothing");
        }
    }

    private void succeed(@Nullable Object value) {
        try {
            @Nullable Object copy = Copies.<@Nullable Object>decode(Copies.encode(value));
            end(() -> run.succeed(copy));
        } catch (IOException | ClassNotFoundException e) {
            end(() -> run.fail(e));
        }
    }

    private void fail(Throwable cause) {
        if (defect == Defect.HIDES_FAILURES) {
            end(() -> run.succeed(null));
            return;
        }
        try {
            Throwable copy = Copies.decode(Copies.encode(cause));
            end(() -> run.fail(copy));
        } catch (IOException | ClassNotFoundException e) {
            end(() -> run.fail(new RemoteTaskException(
                    cause.getClass().getName(), cause.getMessage(), List.of(cause.getStackTrace()))));
        }
    }

    private void end(Runnable report) {
        try {
            report.run();
        } catch (IllegalStateException e) {
            if (defect != Defect.REPORTS_THE_END_EARLY) {
                throw e;
            }
        }
    }
}
