package io.tournant.examples.quickstart;

import io.tournant.core.Action;
import io.tournant.core.Task;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskOutcome.Cancelled;
import io.tournant.core.TaskOutcome.Failed;
import io.tournant.core.TaskOutcome.Lost;
import io.tournant.core.TaskOutcome.Succeeded;
import io.tournant.core.TaskOutcome.TimedOut;
import java.time.Duration;
import java.util.List;

/** One task on a thread and in a child process, a timeout, and a crash that costs only the task that crashed. */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Runs the program.
     *
     * @param args none
     * @throws Exception if a task that should succeed does not
     */
    public static void main(String[] args) throws Exception {
        // @start region=quickstart
        try (var threads = TaskExecutor.open("virtual");
                var processes = TaskExecutor.open("process?workers=2")) {
            // The same task on a thread of this JVM and in a child JVM.
            Task<String> hello = () -> "hello from process " + ProcessHandle.current();
            System.out.println(threads.submit(hello).get());
            System.out.println(processes.submit(hello).get());

            // A timeout ends the work, even if it never looks up. A crash costs the task that crashed; others go on.
            Action endless = () -> {
                while (true) Thread.onSpinWait();
            };
            var hurried = processes.with(options -> options.timeout(Duration.ofMillis(500)));
            var crash = processes.submit(() -> Runtime.getRuntime().halt(9));
            for (TaskHandle<?> handle : List.of(hurried.submit(endless), crash, processes.submit(hello))) {
                handle.termination().toCompletableFuture().join();
                switch (handle.outcome().orElseThrow()) {
                    case Succeeded(var value) -> System.out.println("returned: " + value);
                    case Failed(var cause) -> System.out.println("threw: " + cause);
                    case TimedOut(var cause) -> System.out.println("timed out: " + cause.getMessage());
                    case Lost(var cause) -> System.out.println("lost its process: " + cause.crash());
                    case Cancelled() -> System.out.println("was cancelled");
                }
            }
        }
        // @end region=quickstart
    }
}
