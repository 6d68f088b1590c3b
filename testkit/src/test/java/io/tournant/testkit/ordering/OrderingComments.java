package io.tournant.testkit.ordering;

import io.tournant.testkit.ordering.SourceText.BlockComment;
import io.tournant.testkit.ordering.SourceText.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks in one source file that every ordered access cites an edge that the file declares, and that every edge it
 * declares is cited.
 */
final class OrderingComments {

    private static final Pattern FORBIDDEN =
            Pattern.compile("\\bvolatile\\b|\\bAtomic(Boolean|Integer|Long|Reference|Markable|Stamped)\\w*");

    private static final String ACCESSOR = "\\w+(?:Acquire|Release|Volatile|Opaque)|cas[A-Z]\\w*";
    private static final Pattern ACCESS = Pattern.compile("\\.\\s*(?:[gs]et(?:Acquire|Release|Volatile|Opaque)"
            + "|compareAndSet|weakCompareAndSet\\w*|compareAndExchange\\w*"
            + "|getAndSet\\w*|getAndAdd\\w*|getAndBitwise\\w*)\\s*\\("
            + "|\\b(?:full|acquire|release|loadLoad|storeStore)Fence\\s*\\("
            + "|\\b(?<accessor>" + ACCESSOR + ")\\s*\\("
            + "|::\\s*(?:" + ACCESSOR + ")\\b");

    /** Everything before the name of a method in its declaration. */
    private static final Pattern DECLARATION = Pattern.compile("\\s*(@\\w+(\\([^)]*\\))?\\s+)*"
            + "((public|protected|private|static|final|abstract|synchronized|native|default)\\s+)*"
            + "(<[^(){};=]*>\\s+)?(@\\w+\\s+)?(?!(return|else|throw|case|yield|assert|new|do)\\b)"
            + "[\\w.]+(<[^(){};=]*>)?(\\[])*\\s+");

    private static final String EDGE = "[A-Z][A-Z0-9_]+";
    private static final Pattern CITATION = Pattern.compile("(?<edges>" + EDGE + "(, " + EDGE + ")*)(: .+)?");
    private static final Pattern OPAQUE_REASON = Pattern.compile("opaque: .+");
    private static final Pattern HEADING = Pattern.compile("\\s*\\* (?<word>[A-Z][a-z]+)(?<rest>\\s.*)?");
    private static final Pattern DECLARED = Pattern.compile("\\s*\\*?\\s+(?<edge>" + EDGE + ")\\s{2,}\\S.*");

    private final String path;
    private final SourceText source;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> declared = new LinkedHashMap<>();
    private final Set<String> cited = new TreeSet<>();

    private OrderingComments(String path, String source) {
        this.path = path;
        this.source = SourceText.of(source);
    }

    /** Checks a file. */
    static OrderingComments of(String path, String source) {
        OrderingComments file = new OrderingComments(path, source);
        file.source.blockComments().forEach(file::readEdges);
        file.source.lines().forEach(file::check);
        file.declared.forEach((edge, line) -> {
            if (!file.cited.contains(edge)) {
                file.report(line, "The edge " + edge + " is declared and no access cites it.");
            }
        });
        return file;
    }

    /** Returns what is wrong: {@code file:line: a sentence}. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    /** Returns the edges that the file declares. */
    Set<String> edges() {
        return declared.keySet();
    }

    /** Returns what is wrong with the stress tests, whose sources are given: {@code file:line: a sentence}. */
    List<String> withoutStressTest(String stressSources) {
        String className = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
        List<String> missing = new ArrayList<>();
        declared.forEach((edge, line) -> {
            if (!Pattern.compile("\\b" + className + "\\." + edge + "\\b")
                    .matcher(stressSources)
                    .find()) {
                missing.add(path + ":" + line + ": No stress test in src/jcstress/java names the edge: expected="
                        + className + "." + edge);
            }
        });
        return missing;
    }

    private void report(int line, String sentence) {
        violations.add(path + ":" + line + ": " + sentence);
    }

    // ------------------------------------------------------------------ declarations

    private void readEdges(BlockComment comment) {
        boolean inEdges = false;
        int number = comment.firstLine();
        for (String line : comment.text().split("\n", -1)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                inEdges = heading.group("word").equals("Edges");
                line = heading.group("rest") == null ? "" : " " + heading.group("rest");
            }
            Matcher declaration = DECLARED.matcher(line);
            if (inEdges && declaration.matches()) {
                declared.put(declaration.group("edge"), number);
            }
            number++;
        }
    }

    // ------------------------------------------------------------------ accesses

    private void check(Line line) {
        Matcher forbidden = FORBIDDEN.matcher(line.code());
        if (forbidden.find()) {
            report(
                    line.number(),
                    "Shared fields are reached through VarHandles, so that this check sees them: found="
                            + forbidden.group());
        }
        Matcher access = ACCESS.matcher(line.code());
        while (access.find()) {
            String accessor = access.group("accessor");
            if (accessor == null || !isExempt(accessor, line.code().substring(0, access.start()))) {
                checkCitation(line, access.group().replaceAll("[\\s(.:]", ""));
            }
        }
    }

    private static boolean isExempt(String accessor, String before) {
        return accessor.equals("tryAcquire") // a semaphore's
                || DECLARATION.matcher(before).matches();
    }

    private void checkCitation(Line line, String access) {
        Line end = endOfStatement(line);
        String comment = line.comment().isEmpty() ? end.comment() : line.comment();
        Matcher citation = CITATION.matcher(comment);
        if (citation.matches()) {
            Arrays.stream(citation.group("edges").split(", ")).forEach(edge -> cite(edge, line));
        } else if (!(access.endsWith("Opaque") && OPAQUE_REASON.matcher(comment).matches())) {
            report(
                    line.number(),
                    "An ordered access ends in the name of the edge it makes, as in // EDGE: access=" + access);
        }
    }

    private void cite(String edge, Line line) {
        cited.add(edge);
        if (!declared.containsKey(edge)) {
            report(line.number(), "No comment of this file declares the edge under the heading Edges: edge=" + edge);
        }
    }

    private Line endOfStatement(Line start) {
        for (Line line :
                source.lines().subList(start.number() - 1, source.lines().size())) {
            String code = line.code().strip();
            if (code.endsWith(";") || code.endsWith("{") || code.endsWith("}")) {
                return line;
            }
        }
        return start;
    }
}
