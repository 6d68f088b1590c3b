package io.tournant.ipc.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tournant.core.TaskContext;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskHandle;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing outlives the parent, however it dies. */
@Timeout(60)
final class ParentDeathCrashTest {

    @TempDir
    Path temporary;

    /** A parent with one idle and one busy worker, which prints their pids and waits. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            TaskExecutor executor = ProcessPool.builder().workers(2).build();
            TaskHandle<Integer> busy = executor.submit(() -> {
                TaskContext.current().progress(ProcessHandle.current().pid(), 0, "");
                while (true) {
                    Thread.onSpinWait();
                }
            });
            while (busy.progress().done() == 0) {
                Thread.onSpinWait();
            }
            System.out.println(busy.progress().done());
            System.out.println(
                    executor.submit(() -> ProcessHandle.current().pid()).get());
            System.in.read();
            if (args.length > 0) {
                System.exit(0); // without closing
            }
        }
    }

    private Process startParent(List<Long> workers, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName()));
        command.addAll(List.of(arguments));
        Process parent = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = parent.inputReader();
        workers.add(Long.valueOf(output.readLine()));
        workers.add(Long.valueOf(output.readLine()));
        return parent;
    }

    private static void assertGone(List<Long> workers) {
        assertThat(workers).hasSize(2);
        await().atMost(Duration.ofSeconds(10)).until(() -> workers.stream()
                .noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }

    @Test
    void fault52WorkersAreGoneAfterTheParentIsKilled() throws Exception {
        List<Long> workers = new ArrayList<>();
        Process parent = startParent(workers);
        assertThat(workers).allMatch(pid -> ProcessHandle.of(pid).isPresent());
        parent.destroyForcibly().waitFor();
        assertGone(workers);
    }

    @Test
    void fault53WorkersAreGoneAfterTheParentIsTerminated() throws Exception {
        List<Long> workers = new ArrayList<>();
        Process parent = startParent(workers);
        parent.destroy();
        parent.waitFor();
        assertGone(workers);
    }

    @Test
    void workersAreGoneAfterTheParentExitsWithoutClosing() throws Exception {
        List<Long> workers = new ArrayList<>();
        Process parent = startParent(workers, "exit");
        parent.outputWriter().close();
        assertThat(parent.waitFor()).isZero();
        assertGone(workers);
    }

    @Test
    void noFileIsLeftWhileWorkersRun() throws Exception {
        List<Long> workers = new ArrayList<>();
        Process parent = startParent(workers);
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("tournant")))
                    .isEmpty();
        } finally {
            parent.destroyForcibly().waitFor();
        }
        assertGone(workers);
    }
}
