package io.tournant.testkit.twins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stress test has a twin, and every twin fits the source; that they are caught is shown by the profile. */
class TwinsTest {

    @ParameterizedTest
    @ValueSource(strings = {"core", "pool", "ipc"})
    void everyStressTestHasATwinThatFitsItsSource(String module) {
        Twins twins = Twins.of(root().resolve(module));
        assertThat(twins.stressTests()).hasSizeGreaterThan(4);
        assertThat(twins.violations()).isEmpty();
    }

    private static Path root() {
        Path start = Path.of(System.getProperty("tournant.root", "")).toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("core"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "The sources are not here. Run from the repository, or set -Dtournant.root: start=" + start);
    }
}
