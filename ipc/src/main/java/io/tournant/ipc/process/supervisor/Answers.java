package io.tournant.ipc.process.supervisor;

import io.tournant.ipc.process.codec.ObjectCodec;
import io.tournant.ipc.process.codec.ThrowableCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads results and exceptions that come from a worker. Whatever reading them throws is the task's failure. */
final class Answers {

    private final ObjectCodec objects;
    private final ThrowableCodec throwables;

    Answers(ObjectCodec objects) {
        this.objects = objects;
        throwables = new ThrowableCodec(objects);
    }

    Report.Answered success(ByteBuffer payload) {
        try {
            @Nullable Object value = objects.decode(payload);
            return succeeded(value);
        } catch (Throwable e) { // a constructor or readObject of the user's
            return failed(new IOException("The result of the task could not be read here: cause=" + e, e), true);
        }
    }

    @SuppressWarnings("NullAway") // null is a value like any other
    private static Report.Answered succeeded(@Nullable Object value) {
        return new Report.Answered(run -> run.succeed(value), true);
    }

    Report.Answered failure(ByteBuffer payload) {
        try {
            Throwable thrown = throwables.decode(payload);
            boolean outOfMemory = thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
            return failed(thrown, !outOfMemory);
        } catch (IOException e) {
            return failed(new IOException("The exception of the task could not be read here: cause=" + e, e), false);
        }
    }

    private static Report.Answered failed(Throwable thrown, boolean workerUsable) {
        return new Report.Answered(run -> run.fail(thrown), workerUsable);
    }
}
