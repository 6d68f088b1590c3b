package io.tournant.pool;

import static io.tournant.pool.WorkStealingPoolTest.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HygieneTest {

    private final List<Throwable> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aWorkerSurvivesATaskThatThrowsAndTheHandlerIsTold() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.builder()
                .parallelism(1)
                .uncaughtExceptionHandler((thread, failure) -> told.add(failure))
                .build()) {
            Thread before = pool.submit(Thread::currentThread).get();
            RuntimeException exception = new RuntimeException("thrown by the test");
            Error error = new AssertionError("thrown by the test");
            pool.execute(() -> {
                throw exception;
            });
            pool.execute(() -> {
                throw error;
            });

            assertThat(pool.submit(Thread::currentThread).get()).isSameAs(before);
            assertThat(told).containsExactly(exception, error);
        }
    }

    @Test
    void aWorkerSurvivesAHandlerThatThrows() throws Exception {
        try (WorkStealingPool pool = WorkStealingPool.builder()
                .parallelism(1)
                .uncaughtExceptionHandler((thread, failure) -> {
                    throw new IllegalStateException("thrown by the test");
                })
                .build()) {
            Thread before = pool.submit(Thread::currentThread).get();
            pool.execute(() -> {
                throw new RuntimeException("thrown by the test");
            });
            assertThat(pool.submit(Thread::currentThread).get()).isSameAs(before);
        }
    }

    @Test
    void anInterruptLeftBehindByOneTaskIsNotSeenByTheNext() throws Exception {
        try (WorkStealingPool pool = pool(1)) {
            pool.execute(() -> Thread.currentThread().interrupt());
            assertThat(pool.submit(Thread::interrupted).get()).isFalse();
        }
    }

    @Test
    void anInterruptOfAnIdleWorkerIsNotSeenByTheNextTask() throws Exception {
        try (WorkStealingPool pool = pool(1)) {
            Thread worker = pool.submit(Thread::currentThread).get();
            for (int i = 0; i < 100; i++) {
                worker.interrupt();
                assertThat(pool.submit(Thread::interrupted).get()).isFalse();
            }
        }
    }

    @Test
    void cancelInterruptsTheTaskThatRuns() throws Exception {
        try (WorkStealingPool pool = pool(1)) {
            CountDownLatch started = new CountDownLatch(1);
            AtomicBoolean interrupted = new AtomicBoolean();
            Future<?> future = pool.submit(() -> {
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException expected) {
                    interrupted.set(true);
                }
            });
            started.await();
            future.cancel(true);
            await().untilTrue(interrupted);
        }
    }

    @Test
    void theContextClassLoaderIsTheCreatorsForEveryTask() throws Exception {
        Thread creator = Thread.currentThread();
        ClassLoader before = creator.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[0], before)) {
            creator.setContextClassLoader(loader);
            try (WorkStealingPool pool = pool(1)) {
                creator.setContextClassLoader(before);
                pool.execute(() -> Thread.currentThread().setContextClassLoader(null));
                assertThat(pool.submit(() -> Thread.currentThread().getContextClassLoader())
                                .get())
                        .isSameAs(loader);
            } finally {
                creator.setContextClassLoader(before);
            }
        }
    }

    @Test
    void threadsAreNamedAfterThePoolAndAreDaemonsIfAsked() throws Exception {
        try (WorkStealingPool pool =
                WorkStealingPool.builder().parallelism(1).name("orders").build()) {
            Thread thread = pool.submit(Thread::currentThread).get();
            assertThat(thread.getName()).isEqualTo("tournant-orders-worker-0");
            assertThat(thread.isDaemon()).isFalse();
            assertThat(pool).hasToString("WorkStealingPool[name=orders state=RUNNING parallelism=1]");
        }
        try (WorkStealingPool pool =
                WorkStealingPool.builder().parallelism(1).daemon(true).build()) {
            Thread thread = pool.submit(Thread::currentThread).get();
            assertThat(thread.getName()).matches("tournant-pool-\\d+-worker-0");
            assertThat(thread.isDaemon()).isTrue();
        }
    }

    @Test
    void inheritableThreadLocalsOfASubmitterAreNotInherited() throws Exception {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("of the test");
        try (WorkStealingPool pool = pool(1)) {
            assertThat(pool.submit(local::get).get()).isNull();
        } finally {
            local.remove();
        }
    }
}
