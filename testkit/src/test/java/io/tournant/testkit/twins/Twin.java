package io.tournant.testkit.twins;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A defect on purpose, and the stress tests that must catch it, read from a file of this form:
 *
 * <pre>
 * What is broken, in a sentence.
 * Caught by: ThisStress, ThatStress
 *
 * - text that stands once in the source
 * + text that comes in its place
 * </pre>
 *
 * <p>A blank line separates several edits of one defect. Lines are compared without their indentation.
 *
 * @param name the class that is broken and the defect, as in {@code WorkDeque/no-claim}
 * @param defect what is broken, in a sentence
 * @param tests the simple names of the stress tests that must catch it
 * @param edits how it is broken
 */
record Twin(String name, String defect, List<String> tests, List<Edit> edits) {
    private static final String TESTS = "Caught by:";
    private static final Pattern BLANK_LINES = Pattern.compile("\n{2,}");

    /**
     * A change of the source.
     *
     * @param from the lines that are to be found
     * @param to the lines in their place
     */
    record Edit(List<String> from, List<String> to) {}

    static Twin parse(String name, String text) {
        if (name.indexOf('/') < 1) {
            throw new IllegalArgumentException(
                    "A twin lies in a directory with the name of the class that it breaks: twin=" + name);
        }
        List<String> lines = text.lines().map(String::strip).toList();
        int head = 0;
        while (head < lines.size() && !lines.get(head).startsWith(TESTS)) {
            head++;
        }
        String defect = String.join(" ", lines.subList(0, head));
        if (defect.isBlank() || head == lines.size()) {
            throw new IllegalArgumentException(
                    "A twin begins with a sentence and a line \"" + TESTS + " SomeStress\": twin=" + name);
        }
        List<String> tests =
                Arrays.asList(lines.get(head).substring(TESTS.length()).strip().split(",\\s*"));
        String body = String.join("\n", lines.subList(head + 1, lines.size()));
        List<Edit> edits = BLANK_LINES
                .splitAsStream(body.strip())
                .filter(block -> !block.isEmpty())
                .map(block -> edit(name, block.lines().toList()))
                .toList();
        if (edits.isEmpty()) {
            throw new IllegalArgumentException("A twin changes something: twin=" + name);
        }
        return new Twin(name, defect, tests, edits);
    }

    private static Edit edit(String name, List<String> lines) {
        List<String> from = marked('-', lines);
        List<String> to = marked('+', lines);
        if (from.isEmpty()
                || from.size() + to.size() != lines.size()
                || !lines.get(0).startsWith("-")) {
            throw new IllegalArgumentException(
                    "An edit is lines that begin with - and then lines that begin with +: twin=" + name + " edit="
                            + lines);
        }
        return new Edit(from, to);
    }

    private static List<String> marked(char mark, List<String> lines) {
        return lines.stream()
                .filter(line -> line.charAt(0) == mark)
                .map(line -> line.substring(1).strip())
                .toList();
    }

    /** Returns the name of the class that is broken. */
    String brokenClass() {
        return name.substring(0, name.indexOf('/'));
    }

    /** Returns the source with the defect in it. */
    String seededInto(Path file, String source) {
        String seeded = source;
        for (Edit edit : edits) {
            seeded = apply(edit, file, seeded);
        }
        return seeded;
    }

    private String apply(Edit edit, Path file, String source) {
        // Indentation is the formatter's, and changes without anybody's meaning it.
        Pattern text =
                Pattern.compile(edit.from().stream().map(Pattern::quote).collect(Collectors.joining("\\s*\n\\s*")));
        List<MatchResult> found = text.matcher(source).results().toList();
        if (found.size() != 1) {
            throw new IllegalStateException("The source has changed and the seed does not fit any more. Put the same"
                    + " defect into the new source, and see it caught: twin=" + name + " file=" + file + " text="
                    + edit.from() + " found=" + found.size() + " expected=1");
        }
        MatchResult place = found.get(0);
        return source.substring(0, place.start()) + String.join("\n", edit.to()) + source.substring(place.end());
    }
}
