package io.tournant.ipc.process.protocol;

import io.tournant.core.TaskOptions;
import io.tournant.ipc.ChannelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A task on its way to a worker.
 *
 * <pre>
 * offset  length  field
 * 0       8       nanoseconds of the timeout, or 0 for none
 * 8       8       nanoseconds left until the deadline when the request is sent, or 0 for none
 * 16      4       number of the attempt, from 1
 * 20      2       length of the name
 * 22      n       name, UTF-8
 * 22+n            the encoded task
 * </pre>
 *
 * @param options what the worker needs to know of the options
 * @param attempt the number of the attempt, from 1
 * @param task the encoded task
 */
public record RunRequest(TaskOptions options, int attempt, ByteBuffer task) {

    private static final int DEADLINE_OFFSET = Long.BYTES;
    private static final int NAME_OFFSET = 2 * Long.BYTES + Integer.BYTES + Short.BYTES;

    /** Returns a payload, whose deadline is still to be set by {@link #setDeadline}. */
    public static ByteBuffer encode(TaskOptions options, int attempt, byte[] task) {
        byte[] name = options.name().getBytes(StandardCharsets.UTF_8);
        int nameLength = Math.min(name.length, Short.MAX_VALUE);
        return ByteBuffer.allocate(NAME_OFFSET + nameLength + task.length)
                .putLong(options.timeout().map(RunRequest::nanos).orElse(0L))
                .putLong(0)
                .putInt(attempt)
                .putShort((short) nameLength)
                .put(name, 0, nameLength)
                .put(task)
                .flip();
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) { // longer than this protocol can tell, and than anybody will wait
            return Long.MAX_VALUE;
        }
    }

    /** Sets how much is left until the deadline, at least a nanosecond. */
    public static void setDeadline(ByteBuffer payload, Duration left) {
        payload.putLong(DEADLINE_OFFSET, Math.max(1, nanos(left)));
    }

    /** Reads a payload. */
    public static RunRequest decode(ByteBuffer payload) throws ChannelException.Corrupt {
        if (payload.remaining() < NAME_OFFSET) {
            throw new ChannelException.Corrupt("A request to run is too short: length=" + payload.remaining());
        }
        TaskOptions options = TaskOptions.ofDefaults();
        long timeout = payload.getLong();
        if (timeout > 0) {
            options = options.timeout(Duration.ofNanos(timeout));
        }
        long deadline = payload.getLong();
        if (deadline > 0) {
            options = options.deadline(Duration.ofNanos(deadline));
        }
        int attempt = payload.getInt();
        if (attempt < 1) {
            throw new ChannelException.Corrupt("A request to run counts attempts from 1: attempt=" + attempt);
        }
        int nameLength = payload.getShort();
        if (nameLength < 0 || nameLength > payload.remaining()) {
            throw new ChannelException.Corrupt(
                    "A request to run has a name of impossible length: length=" + nameLength);
        }
        ByteBuffer name = payload.slice(payload.position(), nameLength);
        payload.position(payload.position() + nameLength);
        return new RunRequest(options.name(StandardCharsets.UTF_8.decode(name).toString()), attempt, payload.slice());
    }
}
