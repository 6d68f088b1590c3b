package io.tournant.examples.cracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.core.BackendTraits;
import io.tournant.core.Placement;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.spi.TaskRun;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendRunTest {

    private static final Meter SILENT = new Meter.Lines("", Long.MAX_VALUE, new PrintWriter(Writer.nullWriter()));

    @TempDir
    private Path directory;

    private List<Chunk> chunks;
    private long candidates;

    @BeforeEach
    void splitAThousandWords() throws Exception {
        Path words = Files.write(
                directory.resolve("words"),
                IntStream.range(0, 1000).mapToObj(i -> "word" + i + "x").toList());
        Path hashes = Files.write(
                directory.resolve("hashes"),
                List.of(Hashes.hex("WORD0X"), Hashes.hex("w0rd500x!"), Hashes.hex("x999drow2026")));
        Source source = new Source.InFile(words);
        candidates = WordList.of(source).candidates();
        chunks = Chunk.split(source, new Source.InFile(hashes), 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "platform?threads=2", "virtual", "pool?parallelism=2"})
    void allPasswordsAreRecoveredOnThreads(String backend) {
        RunResult result = BackendRun.on(backend, chunks, candidates, SILENT);

        assertThat(result.recovered())
                .extracting(Recovered::password)
                .containsExactlyInAnyOrder("WORD0X", "w0rd500x!", "x999drow2026");
        assertThat(result.tried()).isEqualTo(candidates);
        assertThat(result.workersLost()).isZero();
        assertThat(result.retried()).isZero();
    }

    @Test
    void aWorkerProcessIsKilledHalfWayAndNoCandidateIsMissed() {
        RunResult result = BackendRun.on("process?workers=2", chunks, candidates, SILENT);

        assertThat(result.recovered())
                .extracting(Recovered::password)
                .containsExactlyInAnyOrder("WORD0X", "w0rd500x!", "x999drow2026");
        assertThat(result.tried()).isEqualTo(candidates);
        assertThat(result.workersLost()).isEqualTo(1);
    }

    @Test
    void lostChunksAreSubmittedAgain() {
        RunResult result = runLosing(3);

        assertThat(result.tried()).isEqualTo(candidates);
        assertThat(result.recovered()).hasSize(3);
        assertThat(result.workersLost()).isEqualTo(3);
        assertThat(result.retried()).isEqualTo(3);
    }

    @Test
    void aChunkThatCostsEveryWorkerIsGivenUp() {
        assertThatThrownBy(() -> runLosing(Integer.MAX_VALUE))
                .hasMessageContaining("costs every worker it is given to")
                .hasCauseInstanceOf(WorkerCrashedException.class);
    }

    @Test
    void aChunkThatThrowsEndsTheRunWithItsCause() {
        Chunk beyond = new Chunk(chunks.getFirst().words(), chunks.getFirst().hashes(), 990, 1010);

        assertThatThrownBy(() -> BackendRun.on("virtual", List.of(beyond), candidates, SILENT))
                .hasMessageContaining("to=1010")
                .hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    private RunResult runLosing(int runs) {
        try (TaskExecutor executor = TaskExecutors.over("losing", new LosingBackend(runs))) {
            BackendRun run = new BackendRun(executor, candidates, SILENT);
            run.run(chunks);
            return run.result("losing", Duration.ofSeconds(1));
        }
    }

    /** Runs tasks in the caller; the first few have their worker die under them. */
    private static final class LosingBackend implements TaskBackend {

        private int toLose;

        LosingBackend(int toLose) {
            this.toLose = toLose;
        }

        @Override
        public void start(TaskRun<?> run) {
            if (toLose > 0) {
                run.begin(new Placement.InProcess(Long.MAX_VALUE - toLose, "worker-" + toLose));
                run.lose(new WorkerCrashedException(
                        "The worker died",
                        new WorkerCrashedException.Crash.Signal(9),
                        Long.MAX_VALUE - toLose,
                        Duration.ofSeconds(1),
                        ""));
                toLose--;
            } else {
                run.run();
            }
        }

        @Override
        public BackendTraits traits() {
            return BackendTraits.caller();
        }

        @Override
        public void drainTo(Collection<? super TaskRun<?>> unstarted) {}

        @Override
        public void forEachRunning(Consumer<? super TaskRun<?>> visitor) {}

        @Override
        public CompletionStage<Void> shutdown() {
            return CompletableFuture.completedStage(null);
        }
    }
}
