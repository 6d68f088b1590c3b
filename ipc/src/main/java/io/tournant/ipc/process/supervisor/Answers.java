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
            return unreadable("result", e);
        } finally {
            Thread.interrupted(); // reading runs the user's code; this thread goes on to other tasks
        }
    }

    private static Report.Answered unreadable(String what, Throwable cause) {
        return failed(
                new IOException("The " + what + " of the task could not be read here: cause=" + cause, cause), true);
    }

    /** The task could not be sent, and the worker does not know of it. */
    Report.Answered refusal(IOException cause) {
        return failed(cause, true);
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
        } catch (Throwable e) { // a constructor or readObject of the user's
            return unreadable("exception", e);
        } finally {
            Thread.interrupted(); // reading runs the user's code; this thread goes on to other tasks
        }
    }

    private static Report.Answered failed(Throwable thrown, boolean workerUsable) {
        return new Report.Answered(run -> run.fail(thrown), workerUsable);
    }
}
