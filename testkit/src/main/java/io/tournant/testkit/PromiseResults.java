package io.tournant.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of one test class as a file: a line with the build and the backend, then one for each promise.
 *
 * @param file where they stand
 * @param build the build in which they were made, empty if it has no name
 * @param backend the backend they are about
 * @param promises what became of each promise
 */
record PromiseResults(Path file, String build, String backend, List<Promise> promises) {

    private static final String TAB = "\t";

    /** What became of a promise on a backend. */
    enum Verdict {
        KEPT('+'),
        NOT_APPLICABLE('-'),
        BROKEN('X');

        private final char sign;

        Verdict(char sign) {
            this.sign = sign;
        }

        char sign() {
            return sign;
        }
    }

    /**
     * One promise.
     *
     * @param contract the class it is tested by
     * @param verdict what became of it
     * @param text the promise
     */
    record Promise(String contract, Verdict verdict, String text) {}

    static String header(String build, String backend) {
        return "# " + build + TAB + backend + "\n";
    }

    static String line(String contract, Verdict verdict, String text) {
        return contract + TAB + verdict + TAB + text.replaceAll("\\s+", " ") + "\n";
    }

    static PromiseResults read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] head = lines.getFirst().substring(2).split(TAB, -1);
        List<Promise> promises = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(TAB, 3);
            promises.add(new Promise(cells[0], Verdict.valueOf(cells[1]), cells[2]));
        }
        return new PromiseResults(file, head[0], head[1], promises);
    }
}
