package io.tournant.ipc.pipe;

import io.tournant.ipc.posix.Descriptor;
import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.stream.Deadline;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** One end of a pipe, either for reading or for writing. */
final class PipeEnd {
    /*
     * Overview   Bytes go straight between the kernel and the buffer of who reads or writes. Who waits to read takes what
     *            comes while he looks, a little of it, to a stage of his own, which spares small messages a call.
     * Fields     stage  guarded by the turn to read or to write, as Wire says
     */
    private static final int STAGE_LENGTH = 4 << 10;

    private final Descriptor pipe;

    /** What was read and not asked for yet; or the way for bytes of the heap. */
    private final ByteBuffer stage;

    private PipeEnd(Descriptor pipe, ByteBuffer stage) {
        this.pipe = pipe;
        this.stage = stage;
    }

    /** Takes over a descriptor that does not block, for reading; closes it if that fails. */
    static PipeEnd toRead(int descriptor) throws IOException {
        return of(descriptor, Posix.POLLIN);
    }

    /** Takes over a descriptor that does not block, for writing; closes it if that fails. */
    static PipeEnd toWrite(int descriptor) throws IOException {
        return of(descriptor, Posix.POLLOUT);
    }

    private static PipeEnd of(int descriptor, short awaited) throws IOException {
        ByteBuffer stage;
        try {
            stage = ByteBuffer.allocateDirect(STAGE_LENGTH).limit(0);
        } catch (OutOfMemoryError e) {
            Posix.close(descriptor);
            throw e;
        }
        return new PipeEnd(Descriptor.of(descriptor, awaited), stage);
    }

    /** Reads what is there and fits; returns how many bytes, 0 if there are none, -1 at the end. */
    int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        if (!stage.hasRemaining() && target.isDirect()) {
            int count = receive(target);
            target.position(target.position() + Math.max(count, 0));
            return count;
        }
        int length = stage.hasRemaining() ? stage.remaining() : readToStage();
        return length <= 0 ? length : move(stage, target);
    }

    private int readToStage() throws IOException {
        int count = receive(stage.clear());
        stage.limit(Math.max(count, 0));
        return count;
    }

    private int receive(ByteBuffer target) throws IOException {
        int number = pipe.lock();
        try {
            return Fifo.read(pipe.errno(), number, MemorySegment.ofBuffer(target));
        } finally {
            pipe.unlock();
        }
    }

    /** Writes what there is room for; returns how many bytes. */
    int write(ByteBuffer source) throws IOException {
        if (!source.hasRemaining()) {
            return 0;
        }
        if (!source.isDirect()) {
            move(source.duplicate(), stage.clear());
            stage.flip();
        }
        int count = send(source.isDirect() ? source : stage);
        source.position(source.position() + count);
        return count;
    }

    private int send(ByteBuffer source) throws IOException {
        int number = pipe.lock();
        try {
            return Fifo.write(pipe.errno(), number, MemorySegment.ofBuffer(source));
        } finally {
            pipe.unlock();
        }
    }

    private static int move(ByteBuffer source, ByteBuffer target) {
        int count = Math.min(source.remaining(), target.remaining());
        target.put(target.position(), source, source.position(), count).position(target.position() + count);
        source.position(source.position() + count);
        return count;
    }

    /** Waits until there is something to read, the peer is gone, the time is up, or for no reason. */
    void awaitReadable(Deadline deadline) throws IOException, InterruptedException {
        pipe.await(() -> stage.hasRemaining() || readToStage() != 0, deadline);
    }

    /** Waits until there is room, the peer is gone, the time is up, somebody wakes, or for no reason. */
    void awaitWritable(Deadline deadline) throws IOException, InterruptedException {
        pipe.await(deadline);
    }

    /** Ends the present or the next wait. */
    void wake() {
        pipe.wake();
    }

    boolean isOpen() {
        return pipe.isOpen();
    }

    /** Makes everything fail from now on. Does not block; may be repeated. */
    void close() {
        pipe.close();
    }
}
