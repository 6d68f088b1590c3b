package io.tournant.testkit.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ordered access of the library names its edge, and every edge has a stress test. */
class OrderingCommentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"core", "pool", "ipc"})
    void everyOrderedAccessNamesAnEdgeThatAStressTestNames(String module) {
        assertThat(violations(root().resolve(module))).isEmpty();
    }

    @Test
    void theCheckFindsTheSources() {
        Path core = root().resolve("core");
        assertThat(javaFiles(core.resolve("src/main/java"))).hasSizeGreaterThan(20);
        assertThat(check(core).stream().mapToInt(file -> file.edges().size()).sum())
                .isGreaterThan(5);
    }

    private static List<String> violations(Path module) {
        String stress = String.join(
                "\n",
                javaFiles(module.resolve("src/jcstress/java")).stream()
                        .map(OrderingCommentsTest::read)
                        .toList());
        List<String> violations = new ArrayList<>();
        for (OrderingComments file : check(module)) {
            violations.addAll(file.violations());
            violations.addAll(file.withoutStressTest(stress));
        }
        return violations;
    }

    private static List<OrderingComments> check(Path module) {
        Path root = root();
        return javaFiles(module.resolve("src/main/java")).stream()
                .map(file -> OrderingComments.of(root.relativize(file).toString(), read(file)))
                .toList();
    }

    private static Path root() {
        String given = System.getProperty("tournant.root");
        Path start = given == null ? Path.of("").toAbsolutePath() : Path.of(given);
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("core"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "The sources are not here. Run from the repository, or set -Dtournant.root: start=" + start);
    }

    private static List<Path> javaFiles(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
