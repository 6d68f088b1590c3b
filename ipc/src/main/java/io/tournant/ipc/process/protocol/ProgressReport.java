package io.tournant.ipc.process.protocol;

import io.tournant.core.Progress;
import io.tournant.ipc.ChannelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A {@link Progress} as a payload: done (8 bytes), total (8 bytes), then the message in UTF-8. */
public final class ProgressReport {

    private ProgressReport() {}

    /** Returns the payload. */
    public static byte[] encode(Progress progress) {
        byte[] text = progress.message().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Long.BYTES + text.length)
                .putLong(progress.done())
                .putLong(progress.total())
                .put(text)
                .array();
    }

    /** Reads a payload. */
    public static Progress decode(ByteBuffer payload) throws ChannelException.Corrupt {
        if (payload.remaining() < 2 * Long.BYTES) {
            throw new ChannelException.Corrupt("A progress report is too short: length=" + payload.remaining());
        }
        long done = payload.getLong();
        long total = payload.getLong();
        if (done < 0 || total < 0) {
            throw new ChannelException.Corrupt("A progress report is negative: done=" + done + " total=" + total);
        }
        return new Progress(done, total, StandardCharsets.UTF_8.decode(payload).toString());
    }
}
