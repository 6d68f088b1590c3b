package io.tournant.ipc.queue;

import io.tournant.ipc.ChannelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Whether there are message queues for this process, why not, and what to do about it. */
final class Support {

    private static final Path LIMITS = Path.of("/proc/sys/fs/mqueue");
    private static final Path PROCESS_LIMITS = Path.of("/proc/self/limits");
    private static final String ELSE = "or use Unix-domain sockets or a mapped file";

    private Support() {}

    /** Throws unless queues can be made, as far as that can be known before one is. */
    static void check() throws ChannelException.Unavailable {
        String system = System.getProperty("os.name", "");
        if (!system.toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new ChannelException.Unavailable(
                    "Message queues are there on Linux only; use Unix-domain sockets or a mapped file: os=" + system,
                    null);
        }
        try {
            Posix.unlink(QueueName.random().there()); // which is not there
        } catch (PosixException e) {
            throw refused(e, 0, 0);
        } catch (LinkageError e) { // the functions were looked up now, or in vain before
            throw unlinked(e);
        }
    }

    private static ChannelException.Unavailable unlinked(LinkageError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (!Support.class.getModule().isNativeAccessEnabled()) {
            return new ChannelException.Unavailable(
                    "Message queues need native access, which this JVM denies; start it with --enable-native-access="
                            + grantee() + ", " + ELSE + ": cause=" + cause.getMessage(),
                    e);
        }
        return new ChannelException.Unavailable(
                "The functions for message queues cannot be called on this machine; use Unix-domain sockets or a mapped"
                        + " file: cause=" + cause,
                e);
    }

    /** What --enable-native-access has to name. */
    static String grantee() {
        Module module = Support.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

    /** Says why a queue could not be made, and what to do. */
    static ChannelException.Unavailable refused(PosixException e, int messages, int messageLength) {
        String sizes = ": messages=" + messages + ", messageLength=" + messageLength;
        String why =
                switch (e.number()) {
                    case PosixException.EINVAL ->
                        "The kernel makes no queue of this size; make it smaller with MessageQueue.withMessages and"
                                + " withMessageLength, or have the administrator raise the limits in " + LIMITS + ", "
                                + ELSE + sizes + ", msg_max=" + limit("msg_max") + ", msgsize_max="
                                + limit("msgsize_max");
                    case PosixException.EMFILE ->
                        "The limit on the bytes of this user's queues (ulimit -q) or on the descriptors of this process"
                                + " (ulimit -n) is reached; close channels, make queues smaller or raise the limit, "
                                + ELSE + sizes + ", bytes=" + processLimit("Max msgqueue size") + ", descriptors="
                                + processLimit("Max open files");
                    case PosixException.ENFILE ->
                        "There are too many open files on this machine; close some, " + ELSE + sizes;
                    case PosixException.ENOSPC ->
                        "There are too many queues on this machine; close channels or have the administrator raise the"
                                + " limit in " + LIMITS + ", " + ELSE + sizes + ", queues_max=" + limit("queues_max");
                    case PosixException.ENOMEM -> "There is no memory for a queue; make it smaller, " + ELSE + sizes;
                    case PosixException.ENOSYS ->
                        "The kernel of this machine knows no message queues; use Unix-domain sockets or a mapped file"
                                + sizes;
                    default -> "No queue could be made; use Unix-domain sockets or a mapped file" + sizes;
                };
        return new ChannelException.Unavailable(why + ", cause=" + e.getMessage(), e);
    }

    private static String limit(String name) {
        try {
            return Files.readString(LIMITS.resolve(name)).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Soft limit of this process, for example {@code 819200}. */
    private static String processLimit(String name) {
        try {
            List<String> lines = Files.readAllLines(PROCESS_LIMITS);
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip().split(" ", 2)[0])
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
