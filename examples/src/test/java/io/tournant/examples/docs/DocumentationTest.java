package io.tournant.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the Java code that README.md and docs/*.md show to code that compiles. */
class DocumentationTest {

    private static final Path ROOT = Path.of(System.getProperty("tournant.root", ".."));

    @TempDir
    private Path directory;

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockStandsInASourceOfTheExamplesOrInATestOfTheTestkit(Path page) throws IOException {
        List<List<String>> sources = JavaBlocks.sources(ROOT.resolve("examples/src"));
        sources.addAll(JavaBlocks.sources(ROOT.resolve("testkit/src/test")));

        assertThat(JavaBlocks.of(page)).allMatch(block -> sources.stream().anyMatch(block::isIn));
    }

    @Test
    void theFirstPagesShowCode() throws IOException {
        assertThat(JavaBlocks.of(ROOT.resolve("README.md"))).isNotEmpty();
        assertThat(JavaBlocks.of(ROOT.resolve("docs/backends.md"))).hasSizeGreaterThan(5);
        assertThat(JavaBlocks.of(ROOT.resolve("docs/transports.md"))).hasSizeGreaterThan(3);
    }

    // ------------------------------------------------------------------ this test has been seen to fail

    private static final List<String> SOURCE = List.of(
            "class Greeting {",
            "    void print() {",
            "        System.out.println(\"hello\");",
            "    }",
            "",
            "    // end",
            "}");

    private JavaBlocks.Block only(String... page) throws IOException {
        List<JavaBlocks.Block> blocks = JavaBlocks.of(Files.write(directory.resolve("page.md"), List.of(page)));
        assertThat(blocks).hasSize(1);
        return blocks.getFirst();
    }

    @Test
    void aBlockThatIsShownWithLessIndentationIsFound() throws IOException {
        assertThat(only("```java", "void print() {", "    System.out.println(\"hello\");", "}", "", "// end", "```")
                        .isIn(SOURCE))
                .isTrue();
    }

    @Test
    void aBlockThatDiffersInOneCharacterIsNotFound() throws IOException {
        assertThat(only("```java", "void print() {", "    System.out.println(\"hallo\");", "}", "```")
                        .isIn(SOURCE))
                .isFalse();
    }

    @Test
    void aBlockThatLeavesOutALineIsNotFound() throws IOException {
        assertThat(only("```java", "void print() {", "}", "```").isIn(SOURCE)).isFalse();
    }

    @Test
    void aBlockThatIsIndentedOtherwiseIsNotFound() throws IOException {
        assertThat(only("```java", "void print() {", "  System.out.println(\"hello\");", "}", "```")
                        .isIn(SOURCE))
                .isFalse();
    }

    @Test
    void aBlockTellsWhereItStands() throws IOException {
        assertThat(only("A page", "", "```java", "int i;", "```", "```", "no Java", "```"))
                .hasToString(directory.resolve("page.md") + ":4: int i;");
    }

    @Test
    void aBlockWithoutLinesOrEndIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> only("```java", "int i;"));
        assertThatIllegalArgumentException().isThrownBy(() -> only("```java", "```"));
    }
}
