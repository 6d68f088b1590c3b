package io.tournant.ipc.posix;

import java.io.IOException;
import java.io.Serial;

/** A function of the C library failed. */
public final class PosixException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Not allowed. */
    public static final int EPERM = 1;

    /** No such file. */
    public static final int ENOENT = 2;

    /** A signal came. */
    public static final int EINTR = 4;

    /** Nobody reads the FIFO. */
    public static final int ENXIO = 6;

    /** To be tried again later. */
    public static final int EAGAIN = 11;

    /** No memory. */
    public static final int ENOMEM = 12;

    /** Access is denied. */
    public static final int EACCES = 13;

    /** Something is there already. */
    public static final int EEXIST = 17;

    /** A value that is not taken. */
    public static final int EINVAL = 22;

    /** Too many open files on the machine. */
    public static final int ENFILE = 23;

    /** Too many open files of the process. */
    public static final int EMFILE = 24;

    /** No space. */
    public static final int ENOSPC = 28;

    /** Nobody reads any more. */
    public static final int EPIPE = 32;

    /** No such function. */
    public static final int ENOSYS = 38;

    /** It is a link. */
    public static final int ELOOP = 40;

    private final int number;

    /**
     * Creates an exception.
     *
     * @param function which
     * @param number the error number
     */
    public PosixException(String function, int number) {
        super("A function of the C library failed: function=" + function + ", errno=" + name(number));
        this.number = number;
    }

    /**
     * Tells why.
     *
     * @return the error number
     */
    public int number() {
        return number;
    }

    private static String name(int number) {
        return switch (number) {
            case EPERM -> "EPERM";
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case ENXIO -> "ENXIO";
            case EAGAIN -> "EAGAIN";
            case ENOMEM -> "ENOMEM";
            case EACCES -> "EACCES";
            case EEXIST -> "EEXIST";
            case EINVAL -> "EINVAL";
            case ENFILE -> "ENFILE";
            case EMFILE -> "EMFILE";
            case ENOSPC -> "ENOSPC";
            case EPIPE -> "EPIPE";
            case ENOSYS -> "ENOSYS";
            case ELOOP -> "ELOOP";
            default -> Integer.toString(number);
        };
    }
}
