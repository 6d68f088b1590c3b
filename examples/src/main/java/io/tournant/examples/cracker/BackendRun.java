package io.tournant.examples.cracker;

import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskOutcome.Cancelled;
import io.tournant.core.TaskOutcome.Failed;
import io.tournant.core.TaskOutcome.Lost;
import io.tournant.core.TaskOutcome.Succeeded;
import io.tournant.core.TaskOutcome.TimedOut;
import io.tournant.core.WorkerCrashedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Runs all chunks on one executor and adds up what they return. Half-way it kills a worker on purpose, if the executor
 * has worker processes, and submits the chunk that was lost with it again, so that no candidate is missed.
 */
final class BackendRun {

    /** Keeps every core busy while the oldest chunk is waited for, and the queue short. */
    private static final int OUTSTANDING = 8 * Runtime.getRuntime().availableProcessors();

    /** A chunk that costs as many workers as this is to blame itself. */
    private static final int MAX_ATTEMPTS = 3;

    private final TaskExecutor executor;
    private final long candidates;
    private final Meter meter;

    private final Queue<Attempt> outstanding = new ArrayDeque<>();
    private final Set<Recovered> recovered = new LinkedHashSet<>();
    private final Set<Long> lostWorkers = new HashSet<>();
    private long tried;
    private int retried;

    BackendRun(TaskExecutor executor, long candidates, Meter meter) {
        this.executor = executor;
        this.candidates = candidates;
        this.meter = meter;
    }

    private record Attempt(Chunk chunk, int number, TaskHandle<ChunkResult> handle) {

        TaskOutcome<ChunkResult> awaitOutcome() {
            handle.termination().toCompletableFuture().join();
            return handle.outcome().orElseThrow();
        }
    }

    /** Runs the chunks on the backend that a text names. */
    static RunResult on(String backend, List<Chunk> chunks, long candidates, Meter meter) {
        long start = System.nanoTime();
        try (TaskExecutor executor = TaskExecutor.open(backend)) {
            BackendRun run = new BackendRun(executor, candidates, meter);
            run.run(chunks);
            return run.result(backend, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Submits the chunks, never more than a bounded number ahead of the results. */
    void run(List<Chunk> chunks) {
        for (Chunk chunk : chunks) {
            if (outstanding.size() >= OUTSTANDING) {
                collectOldest();
            }
            submit(chunk, 1);
        }
        while (!outstanding.isEmpty()) {
            collectOldest();
        }
    }

    RunResult result(String backend, Duration time) {
        return new RunResult(backend, tried, time, List.copyOf(recovered), lostWorkers.size(), retried);
    }

    private void submit(Chunk chunk, int number) {
        outstanding.add(new Attempt(chunk, number, executor.submit(chunk)));
    }

    private void collectOldest() {
        Attempt attempt = outstanding.remove();
        switch (attempt.awaitOutcome()) {
            case Succeeded<ChunkResult>(ChunkResult result) -> add(result);
            case Lost<ChunkResult>(WorkerCrashedException crash) -> submitAgain(attempt, crash);
            case Failed<ChunkResult>(Throwable cause) -> throw new IllegalStateException("Failed: " + attempt, cause);
            case TimedOut<ChunkResult>(var cause) ->
                throw new IllegalStateException("No limit was set: " + attempt, cause);
            case Cancelled<ChunkResult>() -> throw new IllegalStateException("Nobody cancels chunks: " + attempt);
        }
        if (lostWorkers.isEmpty() && tried >= candidates / 2) {
            Sabotage.killWorker(outstanding.stream().map(Attempt::handle)).ifPresent(this::noteKilled);
        }
    }

    private void add(ChunkResult result) {
        tried += result.tried();
        recovered.addAll(result.recovered());
        meter.show(tried);
    }

    private void noteKilled(ProcessHandle worker) {
        lostWorkers.add(worker.pid());
        meter.note("killed worker process " + worker.pid());
    }

    /** A chunk has no effect but its result, so that to run it twice does no harm. */
    private void submitAgain(Attempt attempt, WorkerCrashedException crash) {
        if (attempt.number() == MAX_ATTEMPTS) {
            throw new IllegalStateException("A chunk costs every worker it is given to: " + attempt, crash);
        }
        lostWorkers.add(crash.pid());
        retried++;
        meter.note("lost with process " + crash.pid() + ", run again: words "
                + attempt.chunk().from() + " to " + attempt.chunk().to());
        submit(attempt.chunk(), attempt.number() + 1);
    }
}
