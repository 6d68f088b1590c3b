package io.tournant.ipc.socket;

import static io.tournant.ipc.FuzzInput.require;

import io.tournant.ipc.FuzzInput;
import io.tournant.ipc.socket.PathOfferLayout.Offered;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * Of any bytes, an offer of a file or of FIFOs is only what is sealed and names an absolute path; what is written is read back.
 *
 * <p>Input: one byte MODE, an offer.
 */
public final class PathOfferFuzz {

    private static final int SEALED = 1;

    private PathOfferFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var fuzzed = new FuzzInput(input);
        int mode = fuzzed.next();
        ByteBuffer offer = fuzzed.next(PathOfferLayout.LENGTH);
        if ((mode & SEALED) != 0) {
            FuzzInput.seal(offer, 0, PathOfferLayout.CHECKSUM_OFFSET);
        }
        int capacity = offer.getInt(PathOfferLayout.CAPACITY_OFFSET);
        Offered offered = PathOfferLayout.read(offer);
        if (offered != null) {
            int length = offer.getShort(PathOfferLayout.PATH_LENGTH_OFFSET);
            require(FuzzInput.isSealed(offer, 0, PathOfferLayout.CHECKSUM_OFFSET), () -> "Not sealed: " + offered);
            require(offer.getShort(PathOfferLayout.RESERVED_OFFSET) == 0, () -> "Uses what is reserved: " + offered);
            require(length >= 1 && length <= 256, () -> "The path has no such length: length=" + length);
            require(
                    offered.path().isAbsolute() && offered.capacity() == capacity,
                    () -> "Not what was offered: " + offered);
            // Characters that stand for malformed bytes may take more room than these.
            if (PathOfferLayout.fits(offered.path())) {
                readsWhatIsWritten(offered);
            }
        }
        byte[] name = FuzzInput.bytes(offer, PathOfferLayout.PATH_OFFSET, 1 + mode / 4);
        readsWhatIsWritten(new Offered(Path.of("/", HexFormat.of().formatHex(name)), capacity));
    }

    private static void readsWhatIsWritten(Offered offered) {
        Offered read = PathOfferLayout.read(PathOfferLayout.write(offered.path(), offered.capacity()));
        require(offered.equals(read), () -> "Wrote " + offered + ", but read " + read);
    }

    public static List<byte[]> seeds() {
        ByteBuffer offer = PathOfferLayout.write(Path.of("/dev/shm/tournant-1-0123456789abcdef.ring"), 1 << 20);
        ByteBuffer longest = PathOfferLayout.write(Path.of("/" + "ä".repeat(127) + "b"), 4096);
        return List.of(
                FuzzInput.seed(0, offer),
                FuzzInput.seed(SEALED, offer),
                FuzzInput.seed(SEALED, longest),
                FuzzInput.seed(SEALED, PathOfferLayout.write(Path.of("relative"), -1)));
    }
}
