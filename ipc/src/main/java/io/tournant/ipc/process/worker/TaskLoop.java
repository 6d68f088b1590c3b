package io.tournant.ipc.process.worker;

import io.tournant.core.Progress;
import io.tournant.core.TaskHandle;
import io.tournant.core.TaskId;
import io.tournant.core.spi.CancelMode;
import io.tournant.core.spi.HostedTask;
import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.process.codec.ObjectCodec;
import io.tournant.ipc.process.codec.ThrowableCodec;
import io.tournant.ipc.process.codec.UnsendableException;
import io.tournant.ipc.process.protocol.CancelRequest;
import io.tournant.ipc.process.protocol.MessageKind;
import io.tournant.ipc.process.protocol.ProgressReport;
import io.tournant.ipc.process.protocol.RunRequest;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives tasks on one thread and executes them on another, so that a cancellation reaches a task that runs. */
final class TaskLoop {
    /*
     * Overview   receiver: RUN makes a hosted task, known by its id until it is reported; CANCEL finds it there.
     *            main thread: STARTED, run, then SUCCEEDED or FAILED. Decoding is part of the task: it runs the
     *            user's code, and may be cancelled.
     * Fields     current is guarded by the monitor of this
     */
    private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);

    private final Channel channel;
    private final ClassLoader loader = ClassLoader.getSystemClassLoader();
    private final ObjectCodec objects = new ObjectCodec(loader, info -> ObjectInputFilter.Status.UNDECIDED);
    private final ThrowableCodec throwables = new ThrowableCodec(objects);
    private final LinkedBlockingQueue<Accepted> accepted = new LinkedBlockingQueue<>();
    private @Nullable Accepted current;

    private record Accepted(long id, HostedTask<@Nullable Object> task) {}

    TaskLoop(Channel channel) {
        this.channel = channel;
    }

    /** Executes tasks on the calling thread until the channel ends, which ends this JVM. */
    void run() throws ChannelException {
        Thread.ofPlatform().daemon().name("tournant-receiver").start(this::receive);
        while (true) {
            Accepted next = take();
            Thread.currentThread().setContextClassLoader(loader);
            send(Message.of(MessageKind.STARTED.code(), next.id));
            next.task.run();
            report(next);
            forget(next);
        }
    }

    // ------------------------------------------------------------------ the receiver's thread

    private void receive() {
        int code = 0;
        try {
            while (channel.receive() instanceof Message message) {
                handle(message);
            }
        } catch (ChannelException | InterruptedException | RuntimeException | Error e) {
            e.printStackTrace(); // the parent reads this process's output, and will see the channel break
            code = 1;
        }
        System.exit(code);
    }

    private void handle(Message message) throws ChannelException {
        long id = message.correlationId();
        switch (MessageKind.of(message)) {
            case RUN -> accept(id, RunRequest.decode(message.payload()));
            case CANCEL -> cancel(id, CancelRequest.decode(message.payload()));
            case STARTED, PROGRESS, SUCCEEDED, FAILED ->
                throw new ChannelException.Corrupt("A parent does not send this: message=" + message);
        }
    }

    private synchronized void accept(long id, RunRequest request) {
        ByteBuffer code = request.task();
        HostedTask<@Nullable Object> task = HostedTask.of(
                new TaskId(id),
                request.attempt(),
                request.options(),
                () -> decode(code).call(),
                progress -> send(id, progress));
        current = new Accepted(id, task);
        accepted.add(current);
    }

    private synchronized void cancel(long id, CancelMode mode) {
        if (current != null && current.id == id) {
            current.task.cancel(mode);
        }
    }

    // ------------------------------------------------------------------ the task's thread

    /*
     * Between tasks nobody has a reason to interrupt this thread but code that a task has left behind, and that code must
     * not cost the answer of its own task or the life of the next.
     */

    private Accepted take() {
        while (true) {
            try {
                return accepted.take();
            } catch (InterruptedException e) {
                LOG.debug("An interrupt came between tasks and is dropped.");
            }
        }
    }

    private void send(Message message) throws ChannelException {
        while (true) {
            try {
                channel.send(message);
                return;
            } catch (InterruptedException e) { // nothing was sent
                LOG.debug("An interrupt came between tasks and is dropped.");
            }
        }
    }

    private Callable<@Nullable Object> decode(ByteBuffer code) throws Exception {
        if (objects.decode(code) instanceof Callable<?> body) {
            return body::call;
        }
        throw new IllegalArgumentException("What arrived is no task: report this as a defect of Tournant");
    }

    private void send(long id, Progress progress) {
        try {
            channel.trySend(Message.of(MessageKind.PROGRESS.code(), id, ProgressReport.encode(progress)));
        } catch (ChannelException e) {
            // the task goes on; its result will meet the same channel, and that is not overlooked
        }
    }

    private void report(Accepted done) throws ChannelException {
        TaskHandle<@Nullable Object> handle = done.task.handle();
        Message answer =
                switch (handle.state()) {
                    case SUCCESS -> result(done.id, handle.resultNow());
                    case FAILED -> failure(done.id, handle.exceptionNow());
                    case CANCELLED, RUNNING -> failure(done.id, new CancellationException("The task was cancelled"));
                };
        send(answer);
    }

    /** The parent may have sent the next task already. */
    private synchronized void forget(Accepted done) {
        if (done.equals(current)) {
            current = null;
        }
    }

    private Message result(long id, @Nullable Object value) {
        try {
            byte[] bytes = objects.encode("result", value);
            if (bytes.length <= channel.maxMessageLength()) {
                return Message.of(MessageKind.SUCCEEDED.code(), id, bytes);
            }
            return failure(
                    id,
                    new IOException(
                            "The result is too long to be sent back. Return less, or write it to a file and return"
                                    + " its name. length=" + bytes.length + " max=" + channel.maxMessageLength()));
        } catch (UnsendableException e) {
            return failure(id, new NotSerializableException(e.getMessage()));
        }
    }

    private Message failure(long id, Throwable thrown) {
        return Message.of(MessageKind.FAILED.code(), id, throwables.encode(thrown, channel.maxMessageLength()));
    }
}
