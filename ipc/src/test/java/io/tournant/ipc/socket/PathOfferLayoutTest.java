package io.tournant.ipc.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PathOfferLayoutTest {

    private static final int CAPACITY = 4096;

    /** By Python's struct and zlib. */
    private static final int GOLDEN_CHECKSUM = 0xDB988089;

    @Test
    void anOfferIsReadAsItWasWrittenAndNoOther() {
        Path path = Path.of("/dev/shm/tournant-é.ring");
        ByteBuffer offer = PathOfferLayout.write(path, CAPACITY);
        assertThat(offer.remaining()).isEqualTo(PathOfferLayout.LENGTH);
        assertThat(PathOfferLayout.read(offer)).isEqualTo(new PathOfferLayout.Offered(path, CAPACITY));
        for (int bit = 0; bit < 8 * PathOfferLayout.LENGTH; bit++) {
            ByteBuffer flipped = ByteBuffer.allocate(PathOfferLayout.LENGTH)
                    .put(offer.duplicate())
                    .flip();
            flipped.put(bit / 8, (byte) (flipped.get(bit / 8) ^ 1 << bit % 8));
            assertThat(PathOfferLayout.read(flipped)).as("bit %s", bit).isNull();
        }
    }

    @Test
    void goldenBytesOfAnOffer() {
        ByteBuffer offer = PathOfferLayout.write(Path.of("/dev/shm/a"), 1 << 20);
        byte[] head = new byte[20];
        offer.get(0, head);
        assertThat(HexFormat.of().formatHex(head)).isEqualTo("00001000" + "0a00" + "0000" + "2f6465762f73686d2f610000");
        assertThat(offer.getInt(PathOfferLayout.CHECKSUM_OFFSET)).isEqualTo(GOLDEN_CHECKSUM);
    }
}
