package io.tournant.ipc.pipe;

import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A pair of pipes as a wire. The end of the one tells that nobody writes it any more, a failure of the other that nobody
 * reads it: nothing else is needed to see that the peer is gone.
 *
 * @param in where this side reads
 * @param out where it writes
 */
record PipeWire(PipeEnd in, PipeEnd out) implements Wire {

    @Override
    public int read(ByteBuffer target) throws IOException {
        return in.read(target);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += write(sources[i]);
            if (sources[i].hasRemaining()) {
                break;
            }
        }
        return sum;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int sum = 0;
        int count;
        do {
            count = out.write(source);
            sum += count;
        } while (count > 0 && source.hasRemaining());
        return sum;
    }

    @Override
    public void awaitReadable(Deadline deadline) throws IOException, InterruptedException {
        in.awaitReadable(deadline);
    }

    @Override
    public void awaitWritable(Deadline deadline) throws IOException, InterruptedException {
        out.awaitWritable(deadline);
    }

    @Override
    public void wakeWriter() {
        out.wake();
    }

    @Override
    public void closeInput() {
        in.close();
    }

    @Override
    public void closeOutput() {
        out.close();
    }

    @Override
    public boolean isOpen() {
        return in.isOpen() || out.isOpen();
    }

    @Override
    public void close() {
        in.close();
        out.close();
    }
}
