package io.tournant.ipc;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The secret that a process shows to connect: 256 random bits, good for the peers that one {@link Listener} expects.
 *
 * @apiNote Hand it over where nobody else reads: standard input, a pipe, a file of mode 0600. Never on the command line
 *     or in the environment, which other processes may see.
 */
public final class Token {

    /** The length of a token in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Token(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Makes a new token.
     *
     * @return a token from a strong random source
     */
    public static Token random() {
        var bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new Token(bytes);
    }

    /**
     * Reads a token from bytes, which are copied.
     *
     * @param bytes {@value #LENGTH} bytes
     * @return the token
     * @throws IllegalArgumentException if there are more or fewer bytes
     */
    public static Token of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A token has " + LENGTH + " bytes: length=" + bytes.length);
        }
        return new Token(bytes.clone());
    }

    /**
     * Reads a token from the text that {@link #reveal()} gave.
     *
     * @param text {@value #LENGTH} bytes as hexadecimal digits
     * @return the token
     * @throws IllegalArgumentException if the text is something else; the message does not repeat it
     */
    public static Token parse(String text) {
        if (text.length() != 2 * LENGTH) {
            throw new IllegalArgumentException(
                    "A token has " + 2 * LENGTH + " hexadecimal digits: length=" + text.length());
        }
        if (!text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("A token has hexadecimal digits only.");
        }
        return new Token(HexFormat.of().parseHex(text));
    }

    /**
     * Returns the secret as text.
     *
     * @return hexadecimal digits, for {@link #parse(String)}
     */
    public String reveal() {
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Returns the secret as bytes.
     *
     * @return a copy of the {@value #LENGTH} bytes
     */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Compares in a time that does not depend on where two tokens differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Token that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Does not tell the secret. */
    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
