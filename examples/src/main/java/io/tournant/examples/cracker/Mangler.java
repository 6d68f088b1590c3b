package io.tournant.examples.cracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Makes candidates of a word: every {@link Spelling} with every {@link Ending}.
 *
 * <p>No candidate comes twice for one word. Spellings are taken once each, and are equally long but for letters such as
 * the German sharp s; so two candidates differ in the spelling or, where that is the same, in the ending.
 */
final class Mangler {

    private static final byte[][] ENDINGS = Arrays.stream(Ending.values())
            .flatMap(Ending::texts)
            .map(text -> text.getBytes(UTF_8))
            .toArray(byte[][]::new);

    private static final int LONGEST_ENDING =
            Arrays.stream(ENDINGS).mapToInt(ending -> ending.length).max().orElse(0);

    private Mangler() {}

    /** Receives candidates one after the other. */
    @FunctionalInterface
    interface Sink {

        /**
         * Takes one candidate.
         *
         * @param buffer holds it from index 0; it is used again for the next one
         * @param length its length in bytes
         */
        void accept(byte[] buffer, int length);
    }

    /** Returns how many candidates {@link #mangle} makes of a word. */
    static long count(String word) {
        return (long) spellings(word).size() * ENDINGS.length;
    }

    /** Makes all candidates of a word. Nothing is allocated between two candidates of one spelling. */
    static void mangle(String word, Sink sink) {
        for (String spelling : spellings(word)) {
            byte[] stem = spelling.getBytes(UTF_8);
            byte[] candidate = Arrays.copyOf(stem, stem.length + LONGEST_ENDING);
            for (byte[] ending : ENDINGS) {
                System.arraycopy(ending, 0, candidate, stem.length, ending.length);
                sink.accept(candidate, stem.length + ending.length);
            }
        }
    }

    private static Set<String> spellings(String word) {
        Set<String> distinct = new LinkedHashSet<>();
        for (Spelling spelling : Spelling.values()) {
            distinct.add(spelling.of(word));
        }
        return distinct;
    }
}
