package io.tournant.ipc.queue;

import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.posix.PosixException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of the C library for message queues. A queue is a descriptor, and closed by {@link Posix#close}. */
final class Mq {

    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;

    /** struct mq_attr: flags, then what follows, then four reserved words. */
    private static final MemoryLayout ATTRIBUTES = MemoryLayout.sequenceLayout(8, ValueLayout.JAVA_LONG);

    private static final int MAXMSG = 1;
    private static final int MSGSIZE = 2;
    private static final int CURMSGS = 3;

    private static final SymbolLookup LIBRARY = library();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private static final MethodHandle OPEN = Posix.function(
            LIBRARY,
            "mq_open",
            FunctionDescriptor.of(INT, POINTER, INT, INT, POINTER),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SEND =
            Posix.function(LIBRARY, "mq_send", FunctionDescriptor.of(INT, INT, POINTER, LONG, INT));
    private static final MethodHandle RECEIVE =
            Posix.function(LIBRARY, "mq_receive", FunctionDescriptor.of(LONG, INT, POINTER, LONG, POINTER));
    private static final MethodHandle GETATTR =
            Posix.function(LIBRARY, "mq_getattr", FunctionDescriptor.of(INT, INT, POINTER));
    private static final MethodHandle UNLINK =
            Posix.function(LIBRARY, "mq_unlink", FunctionDescriptor.of(INT, POINTER));

    private Mq() {}

    /**
     * What a queue holds.
     *
     * @param messages how many messages at most
     * @param messageLength how many bytes each of them at most
     * @param present how many messages are in it
     */
    record Attributes(long messages, long messageLength, long present) {}

    /** Since version 2.34 of the GNU library, and with musl, queues are in libc. */
    @SuppressWarnings("restricted")
    private static SymbolLookup library() {
        SymbolLookup common = Linker.nativeLinker().defaultLookup();
        return common.find("mq_open").isPresent()
                ? common
                : SymbolLookup.libraryLookup("librt.so.1", Arena.global()).or(common);
    }

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
        MemorySegment errno = Posix.newErrno(arena);
        MemorySegment text = arena.allocateFrom(name);
        int all = flags | Posix.QUIETLY;
        return (int) Posix.call(
                "mq_open", errno, () -> (int) OPEN.invokeExact(errno, text, all, Posix.OWNER_ONLY, attributes));
    }

    /** Removes the name of a queue, if it is there. */
    static void unlink(String name) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Posix.newErrno(arena);
            MemorySegment text = arena.allocateFrom(name);
            Posix.call("mq_unlink", errno, () -> (int) UNLINK.invokeExact(errno, text));
        } catch (PosixException e) {
            if (e.number() != PosixException.ENOENT) {
                throw e;
            }
        }
    }

    static Attributes attributes(int queue) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Posix.newErrno(arena);
            MemorySegment attributes = arena.allocate(ATTRIBUTES);
            Posix.call("mq_getattr", errno, () -> (int) GETATTR.invokeExact(errno, queue, attributes));
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
            int result = (int) SEND.invokeExact(errno, queue, bytes, (long) length, priority);
            if (result < 0) {
                Posix.checkTryAgain("mq_send", errno);
            }
            return result == 0;
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
    }

    /** Takes a message out of a queue; returns its length, or -1 if there is none. */
    static int receive(MemorySegment errno, int queue, MemorySegment target, MemorySegment priority)
            throws PosixException {
        try {
            long length = (long) RECEIVE.invokeExact(errno, queue, target, target.byteSize(), priority);
            if (length < 0) {
                Posix.checkTryAgain("mq_receive", errno);
            }
            return (int) length;
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
    }
}
