package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes on the module path: the worker resolves the same modules, and lambdas cross without {@code opens}. */
final class IpcModulePathTest {

    @TempDir
    Path directory;

    @Test
    void aModuleThatOpensNothingSendsItsLambdasToWorkers() throws Exception {
        ModulePathLauncher.Run run = ModulePathLauncher.withModules("io.tournant.ipc")
                .launch(
                        directory,
                        Map.of(
                                "module-info.java",
                                "module consumer { requires io.tournant.ipc; }",
                                "consumer/Main.java",
                                """
                                package consumer;
                                import io.tournant.core.TaskExecutor;
                                import io.tournant.core.TaskContext;
                                import java.io.Serializable;
                                public class Main {
                                    record Point(int x, int y) implements Serializable {}
                                    public static void main(String[] args) throws Exception {
                                        Point point = new Point(4, 2);
                                        try (TaskExecutor processes = TaskExecutor.open("process?workers=1")) {
                                            System.out.println(processes.submit(() -> new Point(point.y(), point.x())).get());
                                            System.out.println(processes.submit(() ->
                                                    "worker in " + Main.class.getModule() + ", core in "
                                                            + TaskContext.class.getModule()).get());
                                        }
                                    }
                                }
                                """),
                        Duration.ofMinutes(1));
        assertThat(run.output())
                .contains("Point[x=2, y=4]", "worker in module consumer, core in module io.tournant.core");
        assertThat(run.exitCode()).isZero();
    }
}
