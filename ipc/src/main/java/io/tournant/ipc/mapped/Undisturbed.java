package io.tournant.ipc.mapped;

import io.tournant.ipc.ChannelException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work that no interrupt disturbs, on a thread of its own: an interrupt closes a file channel that is in use. */
public final class Undisturbed {

    private Undisturbed() {}

    /**
     * Does something and waits for it; a virtual thread gives up its carrier meanwhile.
     *
     * @param <T> what comes of it
     * @param work what throws nothing checked but what is listed here
     * @return what came of it; the interrupt status is as it was, or set if an interrupt came meanwhile
     * @throws ChannelException as the work
     */
    public static <T> T call(Callable<T> work) throws ChannelException {
        var task = new FutureTask<>(work);
        Thread.ofPlatform()
                .name("tournant-ipc-file")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ChannelException failure(ExecutionException e) {
        return switch (e.getCause()) {
            case ChannelException failed -> {
                failed.setStackTrace(new Throwable().getStackTrace()); // who asked for it, rather than the other thread
                yield failed;
            }
            case RuntimeException failed -> throw failed;
            case Error failed -> throw failed;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
