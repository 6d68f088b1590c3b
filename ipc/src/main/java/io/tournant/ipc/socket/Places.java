package io.tournant.ipc.socket;

import io.tournant.ipc.ChannelException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The first of several directories where something works, or why it works in none. */
public final class Places {

    /**
     * What is to be done in a directory.
     *
     * @param <T> what comes of it
     * @param <X> what is no fault of the directory
     */
    @FunctionalInterface
    public interface Attempt<T, X extends Exception> {

        /**
         * Tries.
         *
         * @param directory where
         * @return what comes of it
         * @throws IOException if it does not work there
         * @throws X if it is not to be tried elsewhere either
         */
        T in(Path directory) throws IOException, X;
    }

    private Places() {}

    /**
     * Tries one directory after the other.
     *
     * @param <T> what comes of it
     * @param <X> what is no fault of a directory
     * @param directories where, in this order
     * @param attempt what to do there
     * @param refusal what to say if it works nowhere; each directory is named after that with the reason
     * @return what came of it where it worked
     * @throws ChannelException.Unavailable if it works nowhere
     * @throws X as the attempt
     */
    public static <T, X extends Exception> T first(List<Path> directories, Attempt<T, X> attempt, String refusal)
            throws ChannelException.Unavailable, X {
        List<String> failures = new ArrayList<>();
        for (Path directory : directories) {
            try {
                return attempt.in(directory);
            } catch (IOException | UnsupportedOperationException e) {
                failures.add(directory + " (" + reason(e) + ")");
            }
        }
        throw new ChannelException.Unavailable(refusal + " tried=" + failures, null);
    }

    private static String reason(Exception e) {
        String message = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return switch (e) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "access is denied";
            case UnsupportedOperationException _ -> "its file system knows no owners";
            default -> message == null ? e.toString() : message;
        };
    }
}
