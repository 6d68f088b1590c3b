package io.tournant.ipc.queue;

import static io.tournant.ipc.FuzzInput.require;

import io.tournant.ipc.FuzzInput;
import io.tournant.ipc.queue.QueueOfferLayout.Offered;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Of any bytes, an offer of queues is only what is sealed, in range, and names what nobody else has; what is written is read
 * back.
 *
 * <p>Input: one byte MODE, an offer.
 */
public final class QueueOfferFuzz {

    private static final int SEALED = 1;

    private QueueOfferFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var fuzzed = new FuzzInput(input);
        int mode = fuzzed.next();
        ByteBuffer offer = fuzzed.next(QueueOfferLayout.LENGTH);
        if ((mode & SEALED) != 0) {
            FuzzInput.seal(offer, 0, QueueOfferLayout.CHECKSUM_OFFSET);
        }
        int messages = offer.getInt(QueueOfferLayout.MESSAGES_OFFSET);
        int messageLength = offer.getInt(QueueOfferLayout.MESSAGE_LENGTH_OFFSET);
        Offered offered = QueueOfferLayout.read(offer);
        if (offered != null) {
            String name = offered.name().text();
            byte[] text = FuzzInput.bytes(offer, QueueOfferLayout.NAME_OFFSET, name.length());
            require(FuzzInput.isSealed(offer, 0, QueueOfferLayout.CHECKSUM_OFFSET), () -> "Not sealed: " + offered);
            require(offer.getShort(QueueOfferLayout.RESERVED_OFFSET) == 0, () -> "Uses what is reserved: " + offered);
            require(messages >= 1 && messages <= 65_536, () -> "Out of range: " + offered);
            require(messageLength >= 64 && messageLength <= 1_048_576, () -> "Out of range: " + offered);
            require(name.equals(new String(text, StandardCharsets.ISO_8859_1)), () -> "Another name: " + offered);
            require(name.startsWith("/tournant-") && name.lastIndexOf('/') == 0, () -> "A name of others: " + offered);
            require(
                    offered.messages() == messages && offered.messageLength() == messageLength,
                    () -> "Other: " + offered);
            readsWhatIsWritten(offered);
        }
        String digits = HexFormat.of().formatHex(FuzzInput.bytes(offer, QueueOfferLayout.NAME_OFFSET, 16));
        var name = new QueueName("/tournant-" + mode + "-" + digits);
        readsWhatIsWritten(new Offered(name, 1 + mode, 64 + mode));
    }

    private static void readsWhatIsWritten(Offered offered) {
        Offered read = QueueOfferLayout.read(QueueOfferLayout.write(offered));
        require(offered.equals(read), () -> "Wrote " + offered + ", but read " + read);
    }

    public static List<byte[]> seeds() {
        var name = new QueueName("/tournant-1234567-000102030405060708090a0b0c0d0e0f");
        return List.of(
                FuzzInput.seed(0, QueueOfferLayout.write(new Offered(name, 8, 2048))),
                FuzzInput.seed(SEALED, QueueOfferLayout.write(new Offered(name, 65_536, 1 << 20))),
                FuzzInput.seed(SEALED, QueueOfferLayout.write(new Offered(new QueueName("/../passwd"), 8, 64))));
    }
}
