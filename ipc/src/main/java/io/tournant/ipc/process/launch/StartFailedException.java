package io.tournant.ipc.process.launch;

/** A worker did not come up. The message says why, and ends with what the worker printed. */
public final class StartFailedException extends Exception {

    private static final long serialVersionUID = 1;

    StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
