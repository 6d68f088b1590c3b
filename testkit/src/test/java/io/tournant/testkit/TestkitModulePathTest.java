package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The testkit on the module path. */
class TestkitModulePathTest {

    @TempDir
    Path directory;

    @Test
    void aModuleThatRequiresTheTestkitExtendsTheContract() throws Exception {
        ModulePathLauncher.Run run = ModulePathLauncher.withModules("io.tournant.testkit")
                .launch(
                        directory,
                        Map.of(
                                "module-info.java", "module consumer { requires io.tournant.testkit; }",
                                "consumer/Main.java", """
                                package consumer;
                                import io.tournant.core.ExecutorOptions;
                                import io.tournant.core.TaskExecutor;
                                import io.tournant.core.TaskExecutors;
                                import io.tournant.testkit.TaskExecutorContract;
                                import java.util.function.Consumer;
                                public class Main extends TaskExecutorContract {
                                    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
                                        return TaskExecutors.virtual(options);
                                    }
                                    public static void main(String[] args) throws Exception {
                                        try (TaskExecutor executor = new Main().open(options -> {})) {
                                            System.out.println(executor.submit(() -> "ran").get());
                                        }
                                        System.out.println(TaskExecutorContract.class.getModule());
                                    }
                                }
                                """),
                        Duration.ofMinutes(1));
        assertThat(run.output()).contains("ran", "module io.tournant.testkit");
        assertThat(run.exitCode()).isZero();
    }
}
