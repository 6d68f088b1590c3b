package io.tournant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.testkit.ModulePathLauncher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All modules on one module path: every backend is found by name. */
final class ExamplesModulePathTest {

    @TempDir
    Path directory;

    @Test
    void everyBackendIsFoundWhereTheExamplesAreRequired() throws Exception {
        ModulePathLauncher.Run run = ModulePathLauncher.withModules("io.tournant.examples")
                .launch(
                        directory,
                        Map.of(
                                "module-info.java",
                                "module consumer { requires io.tournant.examples; requires io.tournant.core; }",
                                "consumer/Main.java",
                                """
                                package consumer;
                                import io.tournant.core.TaskExecutor;
                                public class Main {
                                    public static void main(String[] args) throws Exception {
                                        for (String name : new String[] {"direct", "platform", "virtual", "pool", "process", "keyed"}) {
                                            try (TaskExecutor executor = TaskExecutor.open(name)) {
                                                System.out.println(name + "=" + executor.submit(() -> 42).get());
                                            }
                                        }
                                    }
                                }
                                """),
                        Duration.ofMinutes(1));
        assertThat(run.output())
                .contains("direct=42", "platform=42", "virtual=42", "pool=42", "process=42", "keyed=42");
        assertThat(run.exitCode()).isZero();
    }
}
