package io.tournant.ipc.queue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The functions of the C library that queues need. */
final class Posix {
    /*
     * Overview   Constants and structures are those of Linux on 64 bits, the same on every architecture with a JDK 25. None
     *            of these calls blocks but poll, and none is critical, so that a collector of garbage never waits for one.
     *            The error number is captured with the call, into memory of the caller's, before anything else of the JVM's
     *            can change it. Calls that come once per message take memory that is there already.
     */

    static final int READ_ONLY = 0;
    static final int WRITE_ONLY = 1;

    static final short POLLIN = 1;
    static final short POLLOUT = 4;

    /** One element of what poll looks at. */
    static final StructLayout POLLFD = MemoryLayout.structLayout(
            ValueLayout.JAVA_INT.withName("fd"),
            ValueLayout.JAVA_SHORT.withName("events"),
            ValueLayout.JAVA_SHORT.withName("revents"));

    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;
    private static final int OWNER_ONLY = 0600;

    /** struct mq_attr: flags, then what follows, then four reserved words. */
    private static final MemoryLayout ATTRIBUTES = MemoryLayout.sequenceLayout(8, ValueLayout.JAVA_LONG);

    private static final int MAXMSG = 1;
    private static final int MSGSIZE = 2;
    private static final int CURMSGS = 3;

    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = library();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle MQ_OPEN = function(
            "mq_open",
            FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT, INT, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle MQ_SEND =
            function("mq_send", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, LONG, INT));
    private static final MethodHandle MQ_RECEIVE =
            function("mq_receive", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, ValueLayout.ADDRESS));
    private static final MethodHandle MQ_GETATTR =
            function("mq_getattr", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle MQ_UNLINK =
            function("mq_unlink", FunctionDescriptor.of(INT, ValueLayout.ADDRESS));
    private static final MethodHandle MQ_CLOSE = function("mq_close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle EVENTFD = function("eventfd", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle EVENTFD_READ =
            function("eventfd_read", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle EVENTFD_WRITE = function("eventfd_write", FunctionDescriptor.of(INT, INT, LONG));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle POLL =
            function("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));

    private Posix() {}

    /**
     * What a queue holds.
     *
     * @param messages how many messages at most
     * @param messageLength how many bytes each of them at most
     * @param present how many messages are in it
     */
    record Attributes(long messages, long messageLength, long present) {}

    /** A call that may throw as little as any native call does. */
    private interface Call {
        long run() throws Throwable;
    }

    /** Since version 2.34 of the GNU library, and with musl, queues are in libc. */
    @SuppressWarnings("restricted")
    private static SymbolLookup library() {
        SymbolLookup common = LINKER.defaultLookup();
        return common.find("mq_open").isPresent()
                ? common
                : SymbolLookup.libraryLookup("librt.so.1", Arena.global()).or(common);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        var all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), descriptor, all);
    }

    /** Returns memory for the error number of one call after the other. */
    static MemorySegment newErrno(Arena arena) {
        return arena.allocate(CAPTURE);
    }

    // ------------------------------------------------------------------ queues

    /** Makes a queue that was not there, for its owner alone. */
    static int create(String name, int direction, int messages, int messageLength) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES);
            attributes.setAtIndex(LONG, MAXMSG, messages);
            attributes.setAtIndex(LONG, MSGSIZE, messageLength);
            return open(arena, name, direction | O_CREAT | O_EXCL, attributes);
        }
    }

    /** Opens a queue that is there. */
    static int open(String name, int direction) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            return open(arena, name, direction, MemorySegment.NULL);
        }
    }

    private static int open(Arena arena, String name, int flags, MemorySegment attributes) throws PosixException {
        MemorySegment errno = newErrno(arena);
        MemorySegment text = arena.allocateFrom(name);
        int all = flags | O_NONBLOCK | O_CLOEXEC;
        return (int) call("mq_open", errno, () -> (int) MQ_OPEN.invokeExact(errno, text, all, OWNER_ONLY, attributes));
    }

    /** Removes the name of a queue, if it is there. */
    static void unlink(String name) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = newErrno(arena);
            MemorySegment text = arena.allocateFrom(name);
            call("mq_unlink", errno, () -> (int) MQ_UNLINK.invokeExact(errno, text));
        } catch (PosixException e) {
            if (e.number() != PosixException.ENOENT) {
                throw e;
            }
        }
    }

    static Attributes attributes(int queue) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = newErrno(arena);
            MemorySegment attributes = arena.allocate(ATTRIBUTES);
            call("mq_getattr", errno, () -> (int) MQ_GETATTR.invokeExact(errno, queue, attributes));
            return new Attributes(
                    attributes.getAtIndex(LONG, MAXMSG),
                    attributes.getAtIndex(LONG, MSGSIZE),
                    attributes.getAtIndex(LONG, CURMSGS));
        }
    }

    /** Puts a message into a queue; false if that is full. */
    static boolean send(MemorySegment errno, int queue, MemorySegment bytes, int length, int priority)
            throws PosixException {
        try {
            int result = (int) MQ_SEND.invokeExact(errno, queue, bytes, (long) length, priority);
            if (result < 0) {
                checkTryAgain("mq_send", errno);
            }
            return result == 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Takes a message out of a queue; returns its length, or -1 if there is none. */
    static int receive(MemorySegment errno, int queue, MemorySegment target, MemorySegment priority)
            throws PosixException {
        try {
            long length = (long) MQ_RECEIVE.invokeExact(errno, queue, target, target.byteSize(), priority);
            if (length < 0) {
                checkTryAgain("mq_receive", errno);
            }
            return (int) length;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void closeQueue(int queue) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = newErrno(arena);
            call("mq_close", errno, () -> (int) MQ_CLOSE.invokeExact(errno, queue));
        }
    }

    // ------------------------------------------------------------------ events, and waiting

    /** Makes a descriptor that is readable from a signal until it is drained. */
    static int newEvent() throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = newErrno(arena);
            return (int) call("eventfd", errno, () -> (int) EVENTFD.invokeExact(errno, 0, O_NONBLOCK | O_CLOEXEC));
        }
    }

    static void signal(MemorySegment errno, int event) throws PosixException {
        call("eventfd_write", errno, () -> (int) EVENTFD_WRITE.invokeExact(errno, event, 1L));
    }

    static void drain(MemorySegment errno, int event, MemorySegment count) throws PosixException {
        try {
            int result = (int) EVENTFD_READ.invokeExact(errno, event, count);
            if (result < 0) {
                checkTryAgain("eventfd_read", errno);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void closeEvent(int event) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = newErrno(arena);
            call("close", errno, () -> (int) CLOSE.invokeExact(errno, event));
        }
    }

    /** Waits until something happens to one of some descriptors, the time is up, or a signal comes; -1 is for ever. */
    static void poll(MemorySegment errno, MemorySegment descriptors, int timeoutMillis) throws PosixException {
        try {
            long count = descriptors.byteSize() / POLLFD.byteSize();
            int result = (int) POLL.invokeExact(errno, descriptors, count, timeoutMillis);
            if (result < 0) {
                checkTryAgain("poll", errno);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // ------------------------------------------------------------------ errors

    private static long call(String function, MemorySegment errno, Call call) throws PosixException {
        try {
            long result = call.run();
            if (result < 0) {
                throw new PosixException(function, (int) ERRNO.get(errno, 0L));
            }
            return result;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A call has failed: throws unless it is only to be tried again later. */
    private static void checkTryAgain(String function, MemorySegment errno) throws PosixException {
        int number = (int) ERRNO.get(errno, 0L);
        if (number != PosixException.EAGAIN && number != PosixException.EINTR) {
            throw new PosixException(function, number);
        }
    }

    /** Passes on what a call threw itself; native code throws nothing. */
    private static PosixException unexpected(Throwable thrown) {
        return switch (thrown) {
            case PosixException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("Native code throws nothing", thrown);
        };
    }
}
