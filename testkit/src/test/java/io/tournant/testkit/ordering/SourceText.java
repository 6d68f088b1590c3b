package io.tournant.testkit.ordering;

import java.util.ArrayList;
import java.util.List;

/**
 * A Java source taken apart into lines of code without literals and comments, the comment that ends each line, and the
 * block comments.
 *
 * @param lines the lines, from the first
 * @param blockComments the texts of the block comments
 */
record SourceText(List<Line> lines, List<BlockComment> blockComments) {

    /**
     * A line.
     *
     * @param number counted from 1
     * @param code the code, literals and comments replaced by blanks
     * @param comment what follows {@code //}, stripped; empty if there is none
     */
    record Line(int number, String code, String comment) {}

    /**
     * A block comment.
     *
     * @param firstLine the number of its first line
     * @param text the text between the delimiters
     */
    record BlockComment(int firstLine, String text) {}

    static SourceText of(String source) {
        return new Lexer(source).run();
    }

    private static final class Lexer {
        private final String source;
        private final List<Line> lines = new ArrayList<>();
        private final List<BlockComment> blocks = new ArrayList<>();
        private StringBuilder code = new StringBuilder();
        private String comment = "";
        private int at;

        Lexer(String source) {
            this.source = source;
        }

        SourceText run() {
            while (at < source.length()) {
                if (source.startsWith("//", at)) {
                    lineComment();
                } else if (source.startsWith("/*", at)) {
                    blockComment();
                } else if (source.startsWith("\"\"\"", at)) {
                    literal("\"\"\"");
                } else if (source.charAt(at) == '"' || source.charAt(at) == '\'') {
                    literal(source.substring(at, at + 1));
                } else {
                    code(source.charAt(at));
                    at++;
                }
            }
            endLine();
            return new SourceText(List.copyOf(lines), List.copyOf(blocks));
        }

        private void code(char c) {
            if (c == '\n') {
                endLine();
            } else {
                code.append(c);
            }
        }

        private void endLine() {
            lines.add(new Line(lines.size() + 1, code.toString(), comment));
            code = new StringBuilder();
            comment = "";
        }

        private void lineComment() {
            int end = source.indexOf('\n', at);
            end = end < 0 ? source.length() : end;
            comment = source.substring(at + 2, end).strip();
            at = end;
        }

        private void blockComment() {
            int end = source.indexOf("*/", at + 2);
            end = end < 0 ? source.length() : end + 2;
            blocks.add(new BlockComment(lines.size() + 1, source.substring(at + 2, Math.max(at + 2, end - 2))));
            blank(end);
        }

        private void literal(String delimiter) {
            int end = at + delimiter.length();
            while (end < source.length() && !source.startsWith(delimiter, end)) {
                end += source.charAt(end) == '\\' ? 2 : 1;
            }
            blank(Math.min(source.length(), end + delimiter.length()));
        }

        private void blank(int end) {
            for (; at < end; at++) {
                code(source.charAt(at) == '\n' ? '\n' : ' ');
            }
        }
    }
}
