package io.tournant.testkit;

import io.tournant.ipc.Channel;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A thread that calls a method of a channel in which it may have to wait, for tests of how it comes out again. */
final class Caller<T> {
    /*
     * Overview   No transport can be asked whether a thread waits in it. The state of the thread does not tell: one in
     *            select is RUNNABLE, one that is kept from a lock for a moment is WAITING. The name of the method in
     *            which it waits is the transport's own. So whoever is found inside of the channel at ten looks in a row,
     *            a millisecond apart at the least, is taken to wait there.
     * Accepted   That may be wrong: a thread that gets no processor looks the same. So no test may need it to be right.
     *            Each asserts what holds of a caller that is still on its way, too; a wrong guess costs a test its edge,
     *            never its verdict. What must be so is brought about by other means: a message that was tried and is
     *            longer than the buffers is half out, whoever looks.
     */

    private static final int LOOKS = 10;

    /** What such a thread does, if there is nothing to return. */
    interface Body {
        void run() throws Exception;
    }

    private final FutureTask<T> task;
    private final Thread thread;

    private Caller(Thread.Builder kind, Callable<T> call) {
        task = new FutureTask<>(call);
        thread = kind.start(task);
    }

    static <T> Caller<T> start(Thread.Builder kind, Callable<T> call) {
        return new Caller<>(kind, call);
    }

    static <T> Caller<T> platform(Callable<T> call) {
        return start(Thread.ofPlatform().daemon(), call);
    }

    static <T> Caller<T> virtual(Callable<T> call) {
        return start(Thread.ofVirtual(), call);
    }

    /** Starts a thread whose result is true once it got through. */
    static Caller<Boolean> run(Body body) {
        return platform(() -> {
            body.run();
            return true;
        });
    }

    /** Waits until the thread waits inside of the channel, or has come out of it. */
    Caller<T> inside(Channel channel) throws InterruptedException {
        return inside(channel, task::isDone);
    }

    /** Waits until the thread waits inside of the channel, or something says that it has come out of it. */
    Caller<T> inside(Channel channel, BooleanSupplier isOut) throws InterruptedException {
        int[] looks = new int[1];
        Poll.until("a call that waits in the channel", () -> {
            looks[0] = isInside(channel) ? looks[0] + 1 : 0;
            return looks[0] == LOOKS || isOut.getAsBoolean();
        });
        return this;
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean isDone() {
        return task.isDone();
    }

    /** What the call returned or threw, once it has. */
    T result() throws Exception {
        try {
            return task.get(Poll.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            AssertionError stuck = new AssertionError("This call did not return in time: limit=" + Poll.patience(), e);
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
    }

    private boolean isInside(Channel channel) {
        return channel instanceof PeerChannel peer ? peer.isInside(thread) : isInside(thread, channel);
    }

    /** Tells whether a thread is in a method of the channel's class. */
    static boolean isInside(Thread thread, Channel channel) {
        return Arrays.stream(thread.getStackTrace()).anyMatch(frame -> isOf(channel.getClass(), frame.getClassName()));
    }

    private static boolean isOf(Class<?> type, String name) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            if (at.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
