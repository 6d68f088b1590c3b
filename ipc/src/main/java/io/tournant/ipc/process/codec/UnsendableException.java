package io.tournant.ipc.process.codec;

import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/** An object cannot be encoded. The message names the object that stands in the way and how it is reached. */
public final class UnsendableException extends Exception {

    private static final long serialVersionUID = 1;

    UnsendableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Explains which object is not serializable, and what to do. */
    static UnsendableException of(
            String root, @Nullable Object first, @Nullable Object offender, NotSerializableException cause) {
        String type = offender == null
                ? String.valueOf(cause.getMessage())
                : offender.getClass().getTypeName();
        String path = first == null || offender == null ? root : CapturePath.find(root, first, offender);
        return new UnsendableException(
                "The " + root + " refers to an object that cannot be sent to another process, because it is not"
                        + " Serializable: type=" + type + " path=" + path + ". " + advice(root, first, offender),
                cause);
    }

    private static String advice(String root, @Nullable Object first, @Nullable Object offender) {
        if (offender instanceof Runnable || offender instanceof java.util.concurrent.Callable) {
            return "Hand the lambda to submit or execute of a TaskExecutor directly, so that it becomes a Task or an"
                    + " Action, or implement one of these; through a variable of type ExecutorService or Runnable it is"
                    + " not serializable. Code that must share memory belongs on a thread backend.";
        }
        if (first instanceof SerializedLambda && root.equals("task")) {
            return "Copy what the task needs of it into a local variable and capture that, make the type Serializable,"
                    + " or make the object inside the task.";
        }
        return "Make the type Serializable, mark the field transient, or make the object inside the task.";
    }
}
