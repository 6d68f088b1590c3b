package io.tournant.examples.dropin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tournant.examples.cracker.Cracker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The real input of these tests, the shipped list of 104,334 English words, and what is computed from it. */
final class Words {

    /** In the order of the list. */
    static final List<String> ALL = read();

    private Words() {}

    private static List<String> read() {
        try (InputStream in = Cracker.class.getResourceAsStream("american-english.txt")) {
            return new String(Objects.requireNonNull(in, "american-english.txt").readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts the list into pieces of a number of words, the last one shorter. */
    static List<List<String>> inPiecesOf(int count) {
        List<List<String>> pieces = new ArrayList<>();
        for (int from = 0; from < ALL.size(); from += count) {
            pieces.add(ALL.subList(from, Math.min(from + count, ALL.size())));
        }
        return pieces;
    }

    /** Counts words by their first letter. */
    static Map<Character, Integer> byInitial(List<String> words) {
        Map<Character, Integer> counts = new TreeMap<>();
        words.forEach(word -> counts.merge(word.charAt(0), 1, Integer::sum));
        return counts;
    }

    /** Adds two such counts. */
    static Map<Character, Integer> sum(Map<Character, Integer> one, Map<Character, Integer> other) {
        Map<Character, Integer> sum = new TreeMap<>(one);
        other.forEach((initial, count) -> sum.merge(initial, count, Integer::sum));
        return sum;
    }

    /** Hashes words with SHA-256. */
    static String sha256(List<String> words) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            words.forEach(word -> digest.update(word.getBytes(UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has it", e);
        }
    }
}
