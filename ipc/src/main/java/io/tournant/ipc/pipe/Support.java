package io.tournant.ipc.pipe;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.posix.Limits;
import io.tournant.ipc.posix.NativeAccess;
import io.tournant.ipc.posix.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there are pipes for this process, why not, and what to do about it. */
final class Support {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String ELSE = "use Unix-domain sockets";

    private Support() {}

    /** Throws unless pipes can be made, as far as that can be known before one is. */
    static void check() throws ChannelException.Unavailable {
        NativeAccess.check("Pipes", Fifo::link);
        if (!Files.isDirectory(DESCRIPTORS)) {
            throw new ChannelException.Unavailable(
                    "Pipes cannot be told from other files here; mount /proc, or " + ELSE + ": missing=" + DESCRIPTORS,
                    null);
        }
    }

    /** Says why a pipe could not be made, and what to do. */
    static ChannelException.Unavailable refused(IOException e, int capacity) {
        int number = e instanceof PosixException refusal ? refusal.number() : 0;
        String why =
                switch (number) {
                    case PosixException.EPERM ->
                        "The kernel makes no pipe of this size for this user, or not with the others that he has; make it"
                                + " smaller with Pipe.withCapacity, close channels, or have the administrator raise the"
                                + " limits in /proc/sys/fs, or " + ELSE + ": capacity=" + capacity + ", pipe-max-size="
                                + Limits.ofKernel("pipe-max-size") + ", pipe-user-pages-soft="
                                + Limits.ofKernel("pipe-user-pages-soft");
                    case PosixException.EMFILE ->
                        "The limit on the descriptors of this process (ulimit -n) is reached; close channels or raise it:"
                                + " descriptors=" + Limits.ofProcess("Max open files");
                    case PosixException.ENFILE ->
                        "There are too many open files on this machine, or too many pipes of this user; close some:"
                                + " pipe-user-pages-hard=" + Limits.ofKernel("pipe-user-pages-hard");
                    case PosixException.ENOMEM ->
                        "There is no memory for a pipe; make it smaller: capacity=" + capacity;
                    default -> "No pipe could be made; " + ELSE + ": capacity=" + capacity;
                };
        return new ChannelException.Unavailable(why + ", cause=" + e.getMessage(), e);
    }
}
