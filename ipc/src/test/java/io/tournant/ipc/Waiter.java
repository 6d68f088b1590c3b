package io.tournant.ipc;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that runs into a wait, for tests of how it comes out again. */
public final class Waiter<T> {

    /** What such a thread does, if there is nothing to return. */
    public interface Body {
        void run() throws Exception;
    }

    private final FutureTask<T> task;
    private final Thread thread;

    private Waiter(Thread.Builder builder, Callable<T> call) {
        task = new FutureTask<>(call);
        thread = builder.start(task);
    }

    public static <T> Waiter<T> start(Callable<T> call) {
        return new Waiter<>(Thread.ofPlatform().daemon(), call);
    }

    /** Starts a thread whose result is true once it got through. */
    public static Waiter<Boolean> run(Body body) {
        return start(() -> {
            body.run();
            return true;
        });
    }

    public static <T> Waiter<T> startVirtual(Callable<T> call) {
        return new Waiter<>(Thread.ofVirtual(), call);
    }

    /** Waits until the thread is inside a method of that name. */
    public Waiter<T> inside(String method) {
        await().pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(30))
                .until(() -> isInside(method));
        return this;
    }

    public Thread thread() {
        return thread;
    }

    public boolean isDone() {
        return task.isDone();
    }

    /** What the call returned or threw, once it has. */
    public T result() throws Exception {
        try {
            return task.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            var stuck = new IllegalStateException("The thread still waits: name=" + thread.getName());
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
    }

    private boolean isInside(String method) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }
}
