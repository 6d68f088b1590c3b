package io.tournant.ipc.queue;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.posix.Limits;
import io.tournant.ipc.posix.NativeAccess;
import io.tournant.ipc.posix.PosixException;

/** Whether there are message queues for this process, why not, and what to do about it. */
final class Support {

    private static final String LIMITS = "/proc/sys/fs/mqueue";
    private static final String ELSE = "or use Unix-domain sockets or a mapped file";

    private Support() {}

    /** Throws unless queues can be made, as far as that can be known before one is. */
    static void check() throws ChannelException.Unavailable {
        try {
            NativeAccess.check(
                    "Message queues", () -> Mq.unlink(QueueName.random().there())); // which is not there
        } catch (PosixException e) {
            throw refused(e, 0, 0);
        }
    }

    /** Says why a queue could not be made, and what to do. */
    static ChannelException.Unavailable refused(PosixException e, int messages, int messageLength) {
        String sizes = ": messages=" + messages + ", messageLength=" + messageLength;
        String why =
                switch (e.number()) {
                    case PosixException.EINVAL ->
                        "The kernel makes no queue of this size; make it smaller with MessageQueue.withMessages and"
                                + " withMessageLength, or have the administrator raise the limits in " + LIMITS + ", "
                                + ELSE + sizes + ", msg_max=" + Limits.ofKernel("mqueue/msg_max") + ", msgsize_max="
                                + Limits.ofKernel("mqueue/msgsize_max");
                    case PosixException.EMFILE ->
                        "The limit on the bytes of this user's queues (ulimit -q) or on the descriptors of this process"
                                + " (ulimit -n) is reached; close channels, make queues smaller or raise the limit, "
                                + ELSE + sizes + ", bytes=" + Limits.ofProcess("Max msgqueue size") + ", descriptors="
                                + Limits.ofProcess("Max open files");
                    case PosixException.ENFILE ->
                        "There are too many open files on this machine; close some, " + ELSE + sizes;
                    case PosixException.ENOSPC ->
                        "There are too many queues on this machine; close channels or have the administrator raise the"
                                + " limit in " + LIMITS + ", " + ELSE + sizes + ", queues_max="
                                + Limits.ofKernel("mqueue/queues_max");
                    case PosixException.ENOMEM -> "There is no memory for a queue; make it smaller, " + ELSE + sizes;
                    case PosixException.ENOSYS ->
                        "The kernel of this machine knows no message queues; use Unix-domain sockets or a mapped file"
                                + sizes;
                    default -> "No queue could be made; use Unix-domain sockets or a mapped file" + sizes;
                };
        return new ChannelException.Unavailable(why + ", cause=" + e.getMessage(), e);
    }
}
