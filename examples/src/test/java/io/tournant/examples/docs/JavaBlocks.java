package io.tournant.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Java code that a page of documentation shows between {@code ```java} and {@code ```}. */
final class JavaBlocks {

    private static final String FENCE = "```";

    private JavaBlocks() {}

    /** One block: where its first line stands, counted from 1, and its lines without what indents all of them. */
    record Block(Path page, int line, List<String> code) {

        /** Returns whether these lines stand one after another in a source, all of them indented alike. */
        boolean isIn(List<String> source) {
            for (int i = 0; i + code.size() <= source.size(); i++) {
                if (source.get(i).strip().equals(code.getFirst().strip())
                        && unindented(source.subList(i, i + code.size())).equals(code)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return page + ":" + line + ": " + code.getFirst();
        }
    }

    /** Returns the blocks of a page. */
    static List<Block> of(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(FENCE + "java")) {
                int first = i + 1;
                i = endOf(page, lines, first);
                blocks.add(new Block(page, first + 1, unindented(lines.subList(first, i))));
            }
        }
        return blocks;
    }

    private static int endOf(Path page, List<String> lines, int first) {
        for (int i = first; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(FENCE)) {
                if (i == first) {
                    break;
                }
                return i;
            }
        }
        throw new IllegalArgumentException("A block of code has lines and an end: page=" + page + " line=" + first);
    }

    /** Returns all Java sources under a directory, each as its lines. */
    static List<List<String>> sources(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<List<String>> sources = new ArrayList<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.add(Files.readAllLines(file));
            }
            return sources;
        }
    }

    private static List<String> unindented(List<String> lines) {
        return String.join("\n", lines).stripIndent().lines().toList();
    }
}
