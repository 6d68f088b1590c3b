package io.tournant.ipc.queue;

import java.io.IOException;
import java.io.Serial;

/** A function of the C library failed. */
final class PosixException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENOSPC = 28;
    static final int ENOSYS = 38;

    private final int number;

    PosixException(String function, int number) {
        super("A function of the C library failed: function=" + function + ", errno=" + name(number));
        this.number = number;
    }

    /** The error number. */
    int number() {
        return number;
    }

    private static String name(int number) {
        return switch (number) {
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case EAGAIN -> "EAGAIN";
            case ENOMEM -> "ENOMEM";
            case EACCES -> "EACCES";
            case EINVAL -> "EINVAL";
            case ENFILE -> "ENFILE";
            case EMFILE -> "EMFILE";
            case ENOSPC -> "ENOSPC";
            case ENOSYS -> "ENOSYS";
            default -> Integer.toString(number);
        };
    }
}
