package io.tournant.ipc.process.supervisor;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends work that does not end when it is asked to: SIGTERM after its grace, SIGKILL after another. */
final class Escalation {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("tournant-process-escalation").factory());

    Escalation() {
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // after close every worker is killed
    }

    void begin(Delivery delivery, Duration grace) {
        after(grace, () -> {
            if (delivery.terminate()) {
                after(grace, delivery::kill);
            }
        });
    }

    private void after(Duration grace, Runnable step) {
        Future<?> _ = timer.schedule(step, TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS);
    }

    void close() {
        timer.shutdownNow();
    }
}
