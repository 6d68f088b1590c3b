package io.tournant.examples.cracker;

import java.util.Locale;

/** How people write a word when they make a password of it. */
enum Spelling {
    /** {@code Dragon} stays {@code Dragon}. */
    AS_IS,
    /** {@code Dragon} becomes {@code dragon}. */
    LOWER,
    /** {@code dragon} becomes {@code DRAGON}. */
    UPPER,
    /** {@code dragon} becomes {@code Dragon}. */
    CAPITALISED,
    /** {@code dragon} becomes {@code nogard}. */
    REVERSED,
    /** {@code password} becomes {@code p455w0rd}: digits for letters. */
    LEET,
    /** {@code password} becomes {@code p@$$w0rd}: signs for letters. */
    SIGNS,
    /** {@code password} becomes {@code P455w0rd}: a capital letter, then digits for letters. */
    CAPITALISED_LEET;

    /** Returns a word, which is not empty, in this spelling; often that is the word itself. */
    String of(String word) {
        return switch (this) {
            case AS_IS -> word;
            case LOWER -> word.toLowerCase(Locale.ROOT);
            case UPPER -> word.toUpperCase(Locale.ROOT);
            case CAPITALISED -> UPPER.of(initial(word)) + LOWER.of(rest(word));
            case REVERSED -> new StringBuilder(word).reverse().toString();
            case LEET -> replace(LOWER.of(word), "aeiost", "431057");
            case SIGNS -> replace(LOWER.of(word), "aeios", "@3!0$");
            case CAPITALISED_LEET -> UPPER.of(initial(word)) + LEET.of(rest(word));
        };
    }

    private static String initial(String word) {
        return word.substring(0, word.offsetByCodePoints(0, 1));
    }

    private static String rest(String word) {
        return word.substring(word.offsetByCodePoints(0, 1));
    }

    /** Replaces each letter that stands in {@code from} by the character at the same place in {@code to}. */
    private static String replace(String word, String from, String to) {
        String replaced = word;
        for (int i = 0; i < from.length(); i++) {
            replaced = replaced.replace(from.charAt(i), to.charAt(i));
        }
        return replaced;
    }
}
