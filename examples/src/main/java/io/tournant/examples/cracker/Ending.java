package io.tournant.examples.cracker;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What people append to a word when they may not use the word alone. No text belongs to two of these. */
enum Ending {
    /** The word alone. */
    NOTHING,
    /** {@code 0} to {@code 9}. */
    DIGIT,
    /** {@code 00} to {@code 99}. */
    TWO_DIGITS,
    /** {@code 1950} to {@code 2026}: of a birth, or when the password last had to be changed. */
    YEAR,
    /** {@code 2015!} to {@code 2026!}, where a sign is demanded too. */
    YEAR_AND_SIGN,
    /** The rest of the usual ones. */
    COMMON;

    /** Returns the texts to append, each once. */
    Stream<String> texts() {
        return switch (this) {
            case NOTHING -> Stream.of("");
            case DIGIT -> numbers(0, 9);
            case TWO_DIGITS -> numbers(100, 199).map(number -> number.substring(1));
            case YEAR -> numbers(1950, 2026);
            case YEAR_AND_SIGN -> numbers(2015, 2026).map(year -> year + "!");
            case COMMON -> Stream.of("!", "!!", "?", ".", "1!", "123", "123!", "1234", "12345", "123456", "abc", "007");
        };
    }

    private static Stream<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString);
    }
}
