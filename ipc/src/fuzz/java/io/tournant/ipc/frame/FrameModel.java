package io.tournant.ipc.frame;

import io.tournant.ipc.FuzzInput;
import io.tournant.ipc.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stream of bytes says, by the table of DESIGN.md and without a line of the code under test.
 *
 * @param frames the whole frames at its beginning
 * @param corrupt whether bytes that are no frame follow, rather than a frame that is not complete, or nothing
 */
public record FrameModel(List<Frame> frames, boolean corrupt) {

    /** The length of a header. */
    public static final int HEADER = 24;

    private static final FrameType[] TYPES = {FrameType.MESSAGE, FrameType.END, FrameType.GOODBYE};

    public static FrameModel of(byte[] stream, int maxLength) {
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        List<Frame> frames = new ArrayList<>();
        int start = 0;
        while (stream.length - start >= HEADER) {
            if (!isHeader(bytes, start, maxLength)) {
                return new FrameModel(frames, true);
            }
            int length = bytes.getInt(start + 16);
            if (length > stream.length - start - HEADER) {
                break;
            }
            int kind = Byte.toUnsignedInt(bytes.get(start + 4));
            var message = new Message(kind, bytes.getLong(start + 8), bytes.slice(start + HEADER, length));
            frames.add(new Frame(TYPES[bytes.get(start + 3) - 1], message));
            start += HEADER + length;
        }
        return new FrameModel(frames, false);
    }

    /** Puts the checksums of all headers right, as far as one can tell where they stand. */
    public static void seal(byte[] stream) {
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        int start = 0;
        while (stream.length - start >= HEADER) {
            FuzzInput.seal(bytes, start, 20);
            int length = bytes.getInt(start + 16);
            if (length < 0 || length > stream.length - start - HEADER) {
                return;
            }
            start += HEADER + length;
        }
    }

    private static boolean isHeader(ByteBuffer bytes, int start, int maxLength) {
        int type = bytes.get(start + 3);
        int length = bytes.getInt(start + 16);
        boolean carriesNothing = bytes.get(start + 4) == 0 && bytes.getLong(start + 8) == 0 && length == 0;
        return bytes.get(start) == 'T'
                && bytes.get(start + 1) == 'n'
                && bytes.get(start + 2) == 1
                && FuzzInput.isSealed(bytes, start, 20)
                && bytes.get(start + 5) == 0
                && bytes.getShort(start + 6) == 0
                && length >= 0
                && length <= maxLength
                && (type == 1 || ((type == 2 || type == 3) && carriesNothing));
    }
}
