package io.tournant.ipc.frame;

import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;

/** Bytes that are read, or written, some at a time. */
record Portions(ByteBuffer bytes, int portion) implements ReadableByteChannel, GatheringByteChannel {

    @Override
    public int read(ByteBuffer target) {
        return move(bytes, target);
    }

    @Override
    public int write(ByteBuffer source) {
        return move(source, bytes);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        int sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += move(sources[i], bytes);
        }
        return sum;
    }

    @Override
    public long write(ByteBuffer[] sources) {
        return write(sources, 0, sources.length);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}

    private int move(ByteBuffer source, ByteBuffer target) {
        int count = Math.min(portion, Math.min(source.remaining(), target.remaining()));
        target.put(source.slice(source.position(), count));
        source.position(source.position() + count);
        return count;
    }
}
