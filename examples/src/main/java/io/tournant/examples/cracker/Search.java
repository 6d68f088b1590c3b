package io.tournant.examples.cracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Hashes candidates and keeps those that are wanted. For one thread; it allocates nothing but for what it finds. */
final class Search implements Mangler.Sink {

    private final Targets targets;
    private final MessageDigest sha256 = newSha256();
    private final byte[] hash = new byte[sha256.getDigestLength()];
    private final List<Recovered> recovered = new ArrayList<>();
    private long tried;

    Search(Targets targets) {
        this.targets = targets;
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public void accept(byte[] buffer, int length) {
        tried++;
        digest(buffer, length);
        if (targets.contains(hash)) {
            recovered.add(new Recovered(HexFormat.of().formatHex(hash), new String(buffer, 0, length, UTF_8)));
        }
    }

    private void digest(byte[] buffer, int length) {
        try {
            sha256.update(buffer, 0, length);
            sha256.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("The buffer has the length of the hash: length=" + hash.length, e);
        }
    }

    /** Returns what was tried and found so far. */
    ChunkResult result() {
        return new ChunkResult(tried, List.copyOf(recovered));
    }
}
