package io.tournant.ipc.posix;

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

/** How functions of the C library are called, and those that every descriptor needs. */
public final class Posix {
    /*
     * Overview   Constants and structures are those of Linux on 64 bits, the same on every architecture with a JDK 25. None
     *            of these calls blocks but poll, and none is critical, so that a collector of garbage never waits for one.
     *            The error number is captured with the call, into memory of the caller's, before anything else of the JVM's
     *            can change it. Calls that come once per message take memory that is there already.
     */

    /** To open for reading. */
    public static final int READ_ONLY = 0;

    /** To open for writing. */
    public static final int WRITE_ONLY = 1;

    /** What everything is opened with: no call blocks, and no process that is started has it. */
    public static final int QUIETLY = 04000 | 02000000;

    /** The mode of everything that is made. */
    public static final int OWNER_ONLY = 0600;

    /** Something is to be read. */
    public static final short POLLIN = 1;

    /** There is room to write. */
    public static final short POLLOUT = 4;

    /** One element of what poll looks at. */
    static final StructLayout POLLFD = MemoryLayout.structLayout(
            ValueLayout.JAVA_INT.withName("fd"),
            ValueLayout.JAVA_SHORT.withName("events"),
            ValueLayout.JAVA_SHORT.withName("revents"));

    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private static final MethodHandle CLOSE = function(LIBRARY, "close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle EVENTFD = function(LIBRARY, "eventfd", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle EVENTFD_READ =
            function(LIBRARY, "eventfd_read", FunctionDescriptor.of(INT, INT, POINTER));
    private static final MethodHandle EVENTFD_WRITE =
            function(LIBRARY, "eventfd_write", FunctionDescriptor.of(INT, INT, LONG));
    private static final MethodHandle POLL = function(LIBRARY, "poll", FunctionDescriptor.of(INT, POINTER, LONG, INT));

    private Posix() {}

    /** A call that may throw as little as any native call does. */
    @FunctionalInterface
    public interface Call {

        /**
         * Calls.
         *
         * @return what the function returns; less than 0 if it has failed
         * @throws Throwable never, but the compiler does not know
         */
        long run() throws Throwable;
    }

    // ------------------------------------------------------------------ functions

    /**
     * Finds a function, which captures the error number.
     *
     * @param library where
     * @param name its name
     * @param descriptor what it takes and returns; before that a handle takes the memory for the error number
     * @param options more options
     * @return its handle
     */
    @SuppressWarnings("restricted")
    public static MethodHandle function(
            SymbolLookup library, String name, FunctionDescriptor descriptor, Linker.Option... options) {
        var all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(library.findOrThrow(name), descriptor, all);
    }

    /**
     * Returns memory for the error number of one call after the other.
     *
     * @param arena how long
     * @return the memory
     */
    public static MemorySegment newErrno(Arena arena) {
        return arena.allocate(CAPTURE);
    }

    /**
     * Calls a function.
     *
     * @param function its name
     * @param errno the memory for the error number that the call takes
     * @param call the call
     * @return what it returned
     * @throws PosixException if it has failed
     */
    public static long call(String function, MemorySegment errno, Call call) throws PosixException {
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

    /**
     * Throws unless a call that has failed is only to be tried again later.
     *
     * @param function its name
     * @param errno the error number
     * @throws PosixException if it is another failure
     */
    public static void checkTryAgain(String function, MemorySegment errno) throws PosixException {
        int number = (int) ERRNO.get(errno, 0L);
        if (number != PosixException.EAGAIN && number != PosixException.EINTR) {
            throw new PosixException(function, number);
        }
    }

    /**
     * Passes on what a call threw itself; native code throws nothing.
     *
     * @param thrown what came out of a handle
     * @return the exception, if it is one of a function
     */
    public static PosixException unexpected(Throwable thrown) {
        return switch (thrown) {
            case PosixException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("Native code throws nothing", thrown);
        };
    }

    // ------------------------------------------------------------------ descriptors, events, waiting

    /**
     * Closes a descriptor of any kind.
     *
     * @param descriptor which
     * @throws PosixException if that fails; it is closed all the same
     */
    public static void close(int descriptor) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = newErrno(arena);
            call("close", errno, () -> (int) CLOSE.invokeExact(errno, descriptor));
        }
    }

    /** Makes a descriptor that is readable from a signal until it is drained. */
    static int newEvent() throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = newErrno(arena);
            return (int) call("eventfd", errno, () -> (int) EVENTFD.invokeExact(errno, 0, QUIETLY));
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
}
