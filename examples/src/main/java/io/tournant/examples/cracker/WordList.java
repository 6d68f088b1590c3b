package io.tournant.examples.cracker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The words to try, one per line of their source.
 *
 * @param words the words in the order of the list
 */
record WordList(List<String> words) {

    /** The list that comes with this example: SCOWL as in Debian's package wamerican; see the file NOTICE. */
    static final Source SHIPPED = new Source.Shipped("american-english.txt");

    private static final String ADVICE = """
            Any text file with one word a line will do. Debian's package wamerican brings one of 104,334 words,
            /usr/share/dict/american-english, and wamerican-huge one of 348,000, american-english-huge beside it.
            Without --words (or -Dwords) the list that is shipped with this example is taken.""";

    /** Filled once per JVM: by the first chunk that runs in a worker, or here before the first one is submitted. */
    private static final ConcurrentMap<Source, WordList> LOADED = new ConcurrentHashMap<>();

    /**
     * Returns the words of a source, which is read at the first call in this JVM.
     *
     * @throws BadInputException if it cannot be read or holds no word
     */
    static WordList of(Source source) {
        return LOADED.computeIfAbsent(source, WordList::read);
    }

    private static WordList read(Source source) {
        try {
            List<String> words = source.lines();
            if (words.isEmpty()) {
                throw new BadInputException("The word list holds no word: words=" + source);
            }
            return new WordList(words);
        } catch (IOException e) {
            String reason = e.getClass().getSimpleName();
            throw new BadInputException(
                    "The word list cannot be read: words=" + source + " reason=" + reason + "\n" + ADVICE, e);
        }
    }

    /** Returns how many candidates the whole list makes. */
    long candidates() {
        return words.stream().mapToLong(Mangler::count).sum();
    }
}
