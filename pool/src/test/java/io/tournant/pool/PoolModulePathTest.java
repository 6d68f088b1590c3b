package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.testkit.ModulePathLauncher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool on the module path, where JCTools' queues must be found as modules. */
final class PoolModulePathTest {

    @TempDir
    Path directory;

    @Test
    void aModuleThatRequiresThePoolRunsTasksOnIt() throws Exception {
        ModulePathLauncher.Run run = ModulePathLauncher.withModules("io.tournant.pool")
                .launch(
                        directory,
                        Map.of(
                                "module-info.java",
                                "module consumer { requires io.tournant.pool; }",
                                "consumer/Main.java",
                                """
                                package consumer;
                                import io.tournant.core.TaskExecutor;
                                import io.tournant.pool.WorkStealingPool;
                                public class Main {
                                    public static void main(String[] args) throws Exception {
                                        int number = 42;
                                        try (TaskExecutor pool = TaskExecutor.open("pool?parallelism=2")) {
                                            System.out.println("by name: " + pool.submit(() -> number).get());
                                        }
                                        try (WorkStealingPool pool = WorkStealingPool.builder().parallelism(1).build()) {
                                            System.out.println("by builder: " + pool.submit(() -> number).get());
                                        }
                                        System.out.println(WorkStealingPool.class.getModule());
                                    }
                                }
                                """),
                        Duration.ofMinutes(1));
        assertThat(run.output()).contains("by name: 42", "by builder: 42", "module io.tournant.pool");
        assertThat(run.exitCode()).isZero();
    }
}
