package io.tournant.ipc.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.ipc.Token;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GreetingLayoutTest {

    private static final Token TOKEN = Token.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private static final int MAX = 16 << 20;

    @Test
    void goldenBytesOfAHello() {
        assertThat(hex(HelloLayout.write(MAX, TOKEN, HelloLayout.SOCKET)))
                .isEqualTo("544f55524e414e54" + "0100" + "0000" + "00000001" + TOKEN.reveal() + "cae7c4bf");
    }

    @Test
    void goldenBytesOfAWelcome() {
        assertThat(hex(WelcomeLayout.write(Verdict.WELCOME, 4096)))
                .isEqualTo("544f55524e414e54" + "0100" + "0000" + "00100000" + "da760b15");
    }

    @Test
    void goldenBytesOfARefusal() {
        assertThat(hex(WelcomeLayout.write(Verdict.WRONG_TOKEN, 4096)))
                .isEqualTo("544f55524e414e54" + "0100" + "0100" + "00100000" + "7fa557de");
    }

    @Test
    void theRightHelloIsWelcome() {
        ByteBuffer hello = HelloLayout.write(77, TOKEN, HelloLayout.SOCKET);
        assertThat(HelloLayout.judge(hello, TOKEN, HelloLayout.SOCKET)).isEqualTo(Verdict.WELCOME);
        assertThat(HelloLayout.maxMessageLength(hello)).isEqualTo(77);
    }

    @Test
    void aTokenThatDiffersInAnyBitIsRefused() {
        for (int bit = 0; bit < Token.LENGTH * 8; bit++) {
            byte[] other = TOKEN.toBytes();
            other[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(HelloLayout.judge(
                            HelloLayout.write(MAX, Token.of(other), HelloLayout.SOCKET), TOKEN, HelloLayout.SOCKET))
                    .isEqualTo(Verdict.WRONG_TOKEN);
        }
    }

    @Test
    void everyFlippedBitOfAHelloIsRefused() {
        for (int bit = 0; bit < HelloLayout.LENGTH * 8; bit++) {
            ByteBuffer hello = flip(HelloLayout.write(MAX, TOKEN, HelloLayout.SOCKET), bit);
            assertThat(HelloLayout.judge(hello, TOKEN, HelloLayout.SOCKET))
                    .as("bit %s", bit)
                    .isEqualTo(Verdict.NOT_A_PEER);
        }
    }

    @Test
    void anotherVersionIsToldApartFromAWrongToken() {
        ByteBuffer hello = HelloLayout.write(MAX, Token.random(), HelloLayout.SOCKET);
        hello.putShort(HelloLayout.VERSION_OFFSET, (short) 2);
        assertThat(HelloLayout.judge(sealHello(hello), TOKEN, HelloLayout.SOCKET))
                .isEqualTo(Verdict.WRONG_VERSION);
    }

    @Test
    void aHelloThatAgreesToNothingIsRefused() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThat(HelloLayout.judge(
                            HelloLayout.write(length, TOKEN, HelloLayout.SOCKET), TOKEN, HelloLayout.SOCKET))
                    .isEqualTo(Verdict.NOT_A_PEER);
        }
    }

    @Test
    void aHelloForAnotherMediumIsRefused() {
        ByteBuffer hello = HelloLayout.write(MAX, TOKEN, HelloLayout.MAPPED);
        assertThat(HelloLayout.judge(hello, TOKEN, HelloLayout.SOCKET)).isEqualTo(Verdict.NOT_A_PEER);
        assertThat(HelloLayout.judge(hello, TOKEN, HelloLayout.MAPPED)).isEqualTo(Verdict.WELCOME);
    }

    @Test
    void randomBytesAreNoHello() {
        var random = new Random(2);
        var bytes = new byte[HelloLayout.LENGTH];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(bytes);
            ByteBuffer hello = HelloLayout.newBuffer().put(bytes).flip();
            assertThat(HelloLayout.judge(hello, TOKEN, HelloLayout.SOCKET)).isEqualTo(Verdict.NOT_A_PEER);
        }
    }

    @Test
    void everyVerdictArrives() {
        for (Verdict verdict : Verdict.values()) {
            assertThat(WelcomeLayout.read(WelcomeLayout.write(verdict, MAX), MAX))
                    .isEqualTo(verdict);
        }
    }

    @Test
    void everyFlippedBitOfAWelcomeIsRefused() {
        for (int bit = 0; bit < WelcomeLayout.LENGTH * 8; bit++) {
            ByteBuffer welcome = flip(WelcomeLayout.write(Verdict.WELCOME, MAX), bit);
            assertThat(WelcomeLayout.read(welcome, MAX)).as("bit %s", bit).isNull();
        }
    }

    @Test
    void aWelcomeToMoreThanWasOfferedIsRefused() {
        assertThat(WelcomeLayout.read(WelcomeLayout.write(Verdict.WELCOME, 11), 10))
                .isNull();
        assertThat(WelcomeLayout.read(WelcomeLayout.write(Verdict.WELCOME, 0), 10))
                .isNull();
        assertThat(WelcomeLayout.read(WelcomeLayout.write(Verdict.WELCOME, -1), 10))
                .isNull();
    }

    @Test
    void anUnknownVerdictIsRefused() {
        for (int verdict : new int[] {5, 255, -1}) {
            ByteBuffer welcome =
                    WelcomeLayout.write(Verdict.WELCOME, MAX).putShort(WelcomeLayout.VERDICT_OFFSET, (short) verdict);
            welcome.putInt(
                    WelcomeLayout.CHECKSUM_OFFSET, FrameLayout.checksum(welcome, 0, WelcomeLayout.CHECKSUM_OFFSET));
            assertThat(WelcomeLayout.read(welcome, MAX)).isNull();
        }
    }

    private static ByteBuffer sealHello(ByteBuffer hello) {
        return hello.putInt(HelloLayout.CHECKSUM_OFFSET, FrameLayout.checksum(hello, 0, HelloLayout.CHECKSUM_OFFSET));
    }

    private static ByteBuffer flip(ByteBuffer buffer, int bit) {
        return buffer.put(bit / 8, (byte) (buffer.get(bit / 8) ^ 1 << (bit % 8)));
    }

    private static String hex(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
