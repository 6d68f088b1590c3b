package io.tournant.ipc.posix;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that wait in the kernel in place of virtual threads: daemons, one for each that waits, gone a second after the
 * last wait.
 */
final class Helpers {

    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .name("tournant-ipc-helper-", 0)
                    .factory());

    private Helpers() {}

    /** Has somebody else wait. */
    static <T> Future<T> submit(Callable<T> wait) {
        return THREADS.submit(wait);
    }
}
