package io.tournant.ipc.frame;

import static io.tournant.ipc.FuzzInput.require;

import io.tournant.ipc.FuzzInput;
import io.tournant.ipc.Token;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of any bytes, the two sides take those for a greeting that would be written, and judge that by its fields.
 *
 * <p>Input: one byte MODE, a hello, a welcome.
 */
public final class HandshakeFuzz {

    private static final int SEALED = 1;
    private static final int AGREED = 1 << 20;
    private static final Token TOKEN = Token.of(new byte[Token.LENGTH]);

    private HandshakeFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var fuzzed = new FuzzInput(input);
        int mode = fuzzed.next();
        ByteBuffer hello = fuzzed.next(HelloLayout.LENGTH);
        ByteBuffer welcome = fuzzed.next(WelcomeLayout.LENGTH);
        if ((mode & SEALED) != 0) {
            FuzzInput.seal(hello, 0, HelloLayout.CHECKSUM_OFFSET);
            FuzzInput.seal(welcome, 0, WelcomeLayout.CHECKSUM_OFFSET);
        }
        short medium = (short) (mode >> 1 & 3);
        Verdict judged = HelloLayout.judge(hello, TOKEN, medium);
        Verdict expected = expectedOfHello(hello, medium);
        require(judged == expected, () -> "A hello is to be " + expected + ", but is " + judged);
        Verdict read = WelcomeLayout.read(welcome, AGREED);
        Verdict answered = expectedOfWelcome(welcome);
        require(read == answered, () -> "An answer is to be " + answered + ", but is " + read);
    }

    private static Verdict expectedOfHello(ByteBuffer hello, short medium) {
        short version = hello.getShort(HelloLayout.VERSION_OFFSET);
        short otherMedium = hello.getShort(HelloLayout.MEDIUM_OFFSET);
        int length = hello.getInt(HelloLayout.MAX_MESSAGE_LENGTH_OFFSET);
        var shown = new byte[Token.LENGTH];
        hello.get(HelloLayout.TOKEN_OFFSET, shown);
        ByteBuffer twin = HelloLayout.write(length, Token.of(shown), otherMedium);
        if (!ofVersion(version, twin, HelloLayout.CHECKSUM_OFFSET).equals(hello)) {
            return Verdict.NOT_A_PEER;
        }
        if (version != 1) {
            return Verdict.WRONG_VERSION;
        }
        if (!Token.of(shown).equals(TOKEN)) {
            return Verdict.WRONG_TOKEN;
        }
        return otherMedium == medium && length > 0 ? Verdict.WELCOME : Verdict.NOT_A_PEER;
    }

    private static @Nullable Verdict expectedOfWelcome(ByteBuffer welcome) {
        short version = welcome.getShort(WelcomeLayout.VERSION_OFFSET);
        int length = welcome.getInt(WelcomeLayout.MAX_MESSAGE_LENGTH_OFFSET);
        Verdict verdict =
                switch (welcome.getShort(WelcomeLayout.VERDICT_OFFSET)) {
                    case 0 -> Verdict.WELCOME;
                    case 1 -> Verdict.WRONG_TOKEN;
                    case 2 -> Verdict.WRONG_VERSION;
                    case 3 -> Verdict.WRONG_USER;
                    case 4 -> Verdict.NOT_A_PEER;
                    default -> null;
                };
        if (verdict == null) {
            return null;
        }
        ByteBuffer twin = WelcomeLayout.write(verdict, length);
        if (!ofVersion(version, twin, WelcomeLayout.CHECKSUM_OFFSET).equals(welcome)) {
            return null;
        }
        boolean sound = version == 1 && length > 0 && length <= AGREED;
        return sound || verdict != Verdict.WELCOME ? verdict : null;
    }

    /** Both greetings have the version in the same place. */
    private static ByteBuffer ofVersion(short version, ByteBuffer greeting, int checksumOffset) {
        greeting.putShort(HelloLayout.VERSION_OFFSET, version);
        FuzzInput.seal(greeting, 0, checksumOffset);
        return greeting;
    }

    /** What a peer of ours says, for each medium, and what it does not. */
    public static List<byte[]> seeds() {
        return List.of(
                seed(0, HelloLayout.SOCKET, TOKEN, Verdict.WELCOME),
                seed(1, HelloLayout.SOCKET, TOKEN, Verdict.WRONG_TOKEN),
                seed(2, HelloLayout.MAPPED, TOKEN, Verdict.WELCOME),
                seed(3, HelloLayout.MAPPED, TOKEN, Verdict.WRONG_VERSION),
                seed(5, HelloLayout.SOCKET, Token.parse("1f".repeat(Token.LENGTH)), Verdict.NOT_A_PEER));
    }

    private static byte[] seed(int mode, short medium, Token token, Verdict verdict) {
        return FuzzInput.seed(mode, HelloLayout.write(AGREED, token, medium), WelcomeLayout.write(verdict, 4096));
    }
}
