package io.tournant.ipc.pipe;

import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.posix.PosixException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is done with FIFOs, and with the descriptors of pipes. */
final class Fifo {

    /** To open as if somebody were at the other end. */
    static final int READ_WRITE = 2;

    private static final int OWNER_ONLY = 0600;
    private static final int TYPE = 0010000;
    private static final Path SELF = Path.of("/proc/self");
    private static final Charset ENCODING = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final int NO_LINK = noLink();
    private static final int O_NONBLOCK = 04000;
    private static final int FD_CLOEXEC = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;

    private static final SymbolLookup LIBRARY = Linker.nativeLinker().defaultLookup();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle MKFIFO =
            Posix.function(LIBRARY, "mkfifo", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle OPEN = Posix.function(
            LIBRARY,
            "open",
            FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT, INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FCNTL = Posix.function(
            LIBRARY, "fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ =
            Posix.function(LIBRARY, "read", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle WRITE =
            Posix.function(LIBRARY, "write", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));

    private Fifo() {}

    /** Looks the functions up, unless they were looked up before. */
    static void link() {}

    /** O_NOFOLLOW, which is not the same on every architecture. */
    private static int noLink() {
        return switch (System.getProperty("os.arch", "")) {
            case "aarch64", "arm", "ppc64", "ppc64le" -> 0100000;
            default -> 0400000;
        };
    }

    // ------------------------------------------------------------------ FIFOs

    /** Makes one, for its owner alone, where nothing is. */
    static void make(Path path) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Posix.newErrno(arena);
            MemorySegment text = text(arena, path);
            Posix.call("mkfifo", errno, () -> (int) MKFIFO.invokeExact(errno, text, OWNER_ONLY));
        }
    }

    /** Opens one that is there and no link, so that nothing blocks, and no process that is started has it. */
    static int open(Path path, int direction) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Posix.newErrno(arena);
            MemorySegment text = text(arena, path);
            int flags = direction | NO_LINK | Posix.QUIETLY;
            return (int) Posix.call("open", errno, () -> (int) OPEN.invokeExact(errno, text, flags, 0));
        }
    }

    /** Opens one that somebody else has made, if it is of this user alone, and holds enough. */
    static int openOffered(Path path, int direction, int capacity) throws IOException {
        int descriptor = open(path, direction);
        try {
            check(descriptor);
            int found = capacity(descriptor);
            if (found < capacity) {
                throw new IOException("The FIFO that was offered holds less than it should: path=" + path
                        + ", capacity=" + capacity + ", found=" + found);
            }
            return descriptor;
        } catch (IOException | RuntimeException | Error e) {
            Posix.close(descriptor);
            throw e;
        }
    }

    /** In the encoding that the JDK has for paths. */
    private static MemorySegment text(Arena arena, Path path) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, (path + "\0").getBytes(ENCODING));
    }

    // ------------------------------------------------------------------ descriptors

    /** Throws unless a descriptor is an end of a pipe that belongs to this user and to nobody else. */
    static void check(int descriptor) throws IOException {
        Path file = SELF.resolve("fd").resolve(Integer.toString(descriptor));
        Map<String, Object> found = Files.readAttributes(file, "unix:mode,uid");
        Object us = Files.getAttribute(SELF, "unix:uid");
        if (!found.equals(Map.of("mode", TYPE | OWNER_ONLY, "uid", us))) {
            throw new IOException("It is no pipe of this user alone: found=" + found + ", uid=" + us);
        }
    }

    /** Makes a descriptor that this process was started with what one is that it opens itself. */
    static void makeQuiet(int descriptor) throws PosixException {
        control(descriptor, F_SETFL, control(descriptor, F_GETFL, 0) | O_NONBLOCK);
        control(descriptor, F_SETFD, FD_CLOEXEC);
    }

    /** Returns how many bytes a pipe holds. */
    static int capacity(int descriptor) throws PosixException {
        return control(descriptor, F_GETPIPE_SZ, 0);
    }

    /** Has a pipe hold so many bytes, rounded up to whole pages. */
    static void resize(int descriptor, int capacity) throws PosixException {
        if (capacity(descriptor) != capacity) {
            control(descriptor, F_SETPIPE_SZ, capacity);
        }
    }

    private static int control(int descriptor, int command, int value) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = Posix.newErrno(arena);
            return (int) Posix.call("fcntl", errno, () -> (int) FCNTL.invokeExact(errno, descriptor, command, value));
        }
    }

    /** Reads what is there; returns how many bytes, 0 if there is nothing yet, -1 at the end. */
    static int read(MemorySegment errno, int descriptor, MemorySegment target) throws PosixException {
        try {
            long count = (long) READ.invokeExact(errno, descriptor, target, target.byteSize());
            if (count < 0) {
                Posix.checkTryAgain("read", errno);
                return 0;
            }
            return count == 0 ? -1 : (int) count;
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
    }

    /** Writes what there is room for; returns how many bytes. */
    static int write(MemorySegment errno, int descriptor, MemorySegment source) throws PosixException {
        try {
            long count = (long) WRITE.invokeExact(errno, descriptor, source, source.byteSize());
            if (count < 0) {
                Posix.checkTryAgain("write", errno);
            }
            return (int) Math.max(count, 0);
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
    }
}
