package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core on the module path, and the launcher that starts it. */
class CoreModulePathTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final ModulePathLauncher launcher = ModulePathLauncher.withModules("io.tournant.core");

    @Test
    void aModuleThatRequiresCoreRunsTasksOnEachBackend() throws Exception {
        ModulePathLauncher.Run run = launcher.launch(directory, consumer("""
                        for (String backend : new String[] {"virtual", "platform?threads=2", "direct"}) {
                            try (TaskExecutor executor = TaskExecutor.open(backend)) {
                                int number = 42;
                                System.out.println(executor.backend() + "=" + executor.submit(() -> number).get());
                            }
                        }
                        System.out.println(TaskExecutor.class.getModule());
                        """), LIMIT);
        assertThat(run.output())
                .contains("virtual=42", "platform=42", "direct=42")
                .contains("module io.tournant.core");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theInsidesOfCoreAreNotExported() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> launcher.launch(
                        directory, consumer("io.tournant.core.executor.Backends.open(\"virtual\");"), LIMIT))
                .withMessageContaining("io.tournant.core.executor");
    }

    @Test
    void theExitCodeAndTheOutputAreThoseOfTheConsumer() throws Exception {
        ModulePathLauncher.Run run = launcher.jvmOptions("-Dgreeting=hello")
                .launch(
                        directory,
                        consumer("System.err.println(System.getProperty(\"greeting\")); System.exit(3);"),
                        LIMIT);
        assertThat(run.output()).contains("hello");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void aConsumerThatDoesNotEndIsKilled() {
        assertThatIllegalStateException()
                .isThrownBy(() -> launcher.launch(
                        directory,
                        consumer(
                                "System.out.println(\"waiting\"); new java.util.concurrent.CountDownLatch(1).await();"),
                        Duration.ofSeconds(2)))
                .withMessageContaining("limit=PT2S");
    }

    @Test
    void anUnknownModuleIsReported() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ModulePathLauncher.withModules("no.such.module").modulePath())
                .withMessageContaining("no.such.module");
    }

    private static Map<String, String> consumer(String body) {
        return Map.of(
                "module-info.java",
                "module consumer { requires io.tournant.core; }",
                "consumer/Main.java",
                """
                package consumer;
                import io.tournant.core.TaskExecutor;
                public class Main {
                    public static void main(String[] args) throws Exception {
                %s
                    }
                }
                """.formatted(body));
    }
}
