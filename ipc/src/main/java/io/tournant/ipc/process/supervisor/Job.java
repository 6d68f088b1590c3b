package io.tournant.ipc.process.supervisor;

import io.tournant.core.spi.TaskRun;
import io.tournant.ipc.Message;
import io.tournant.ipc.process.protocol.MessageKind;
import io.tournant.ipc.process.protocol.RunRequest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A run with its encoded task, on its way to a worker. Used by one thread at a time: the queue hands it on. */
final class Job {

    /** A job that brings down worker after worker before it even begins is not tried for ever. */
    private static final int MAX_DELIVERIES = 3;

    private final TaskRun<@Nullable Object> run;
    private final ByteBuffer request;
    private int deliveries;

    @SuppressWarnings("unchecked") // a result is checked by whoever asks for it, as with every generic container
    Job(TaskRun<?> run, byte[] task) {
        this.run = (TaskRun<@Nullable Object>) run;
        request = RunRequest.encode(run.options(), run.attempt(), task);
    }

    TaskRun<@Nullable Object> run() {
        return run;
    }

    long id() {
        return run.id().value();
    }

    int lengthBytes() {
        return request.remaining();
    }

    /** Returns the message that carries this job to a worker now. */
    Message message() {
        deliveries++;
        run.untilDeadline().ifPresent(left -> RunRequest.setDeadline(request, left));
        return new Message(MessageKind.RUN.code(), id(), request);
    }

    /** Returns whether this job has been sent to a worker before. */
    boolean wasDelivered() {
        return deliveries > 0;
    }

    boolean mayBeDeliveredAgain() {
        return deliveries < MAX_DELIVERIES;
    }
}
