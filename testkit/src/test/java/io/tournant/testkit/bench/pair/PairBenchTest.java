package io.tournant.testkit.bench.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.testkit.bench.Limits;
import io.tournant.testkit.bench.Settings;
import io.tournant.testkit.bench.pair.Step.Pattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs pairs that are one-liners of the shell. */
class PairBenchTest {

    private static final Step STEP = new Step(Pattern.RTT, 32);
    private static final Duel DUEL = new Duel("ours", "peer", STEP, Measure.P50, Limits.NONE);
    private static final Surroundings QUIET = new Surroundings("quiet", List.of(), 0);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private static Entrant entrant(String name, String script) {
        return Entrant.of(name, List.of("sh", "-c", script, "sh"));
    }

    private void run(Entrant... entrants) throws Exception {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        PairSuite suite = new PairSuite("s", QUIET, List.of(entrants), List.of(DUEL));
        new PairBench(Settings.parse(2, "cases=rtt"), directory, out).run(List.of(suite));
    }

    @Test
    void pairsAreGivenTheirStepsAndComparedByRound() throws Exception {
        run(
                entrant("ours", "echo $1 p50=500 p99=900 sleeps=0"),
                entrant("peer", "echo a word; echo $1 p50=4000 p99=9000 sleeps=1"));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "BENCH s.ours-32-rtt ours=0.50us peer=4us ratio=8.00 spread=8.00-8.00 wake=spinning:2/cheap:2");
        assertThat(directory.resolve("s.json")).content().contains("\"oursByRound\"");
        assertThat(directory.resolve("bench.log")).content().contains("a word");
    }

    @Test
    void aPeerThatCannotRunIsLeftOutAndTheReasonIsSaid() throws Exception {
        run(entrant("ours", "echo $1 p50=500 sleeps=0"), entrant("peer", "echo SomeException: no; exit 3"));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("# left out of s round 0: peer: exit status 3, SomeException: no")
                .doesNotContain("BENCH");
    }

    @Test
    void aPeerThatIsNotHereIsLeftOutAndTheReasonIsSaid() throws Exception {
        run(entrant("ours", "echo $1 p50=500 sleeps=0"), Entrant.leftOut("peer", "no compiler"));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("# left out: peer: no compiler")
                .doesNotContain("BENCH");
    }

    @Test
    void oneOfOursThatCannotRunFailsTheBenchmark() {
        assertThatThrownBy(() -> run(entrant("ours", "true"), entrant("peer", "echo $1 p50=500 sleeps=0")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("s round 1: ours: not all steps were measured");
    }

    @Test
    void hogsAreGoneWhenTheyAreClosed() throws Exception {
        Path log = Files.createFile(directory.resolve("log"));
        long before = ProcessHandle.current().children().count();
        try (var _ = new Surroundings("hogs", List.of(), 2).start()) {
            assertThat(ProcessHandle.current().children().count()).isEqualTo(before + 2);
        }
        assertThat(PairRun.run(entrant("peer", "echo $1 p50=1"), List.of("env"), Set.of(STEP), log))
                .isEqualTo(Map.of(STEP, Measured.parse("rtt:32 p50=1")));
        assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
    }

    @Test
    void aSuiteKeepsWhoIsNeededForWhatIsSelected() throws IOException {
        Duel other = new Duel("ours", "third", new Step(Pattern.THROUGHPUT, 32), Measure.RATE, Limits.NONE);
        List<Entrant> entrants = List.of(entrant("ours", ""), entrant("peer", ""), entrant("third", ""));
        PairSuite selected = new PairSuite("s", QUIET, entrants, List.of(DUEL, other)).only(other::equals);
        assertThat(selected.entrants()).extracting(Entrant::name).containsExactly("ours", "third");
        assertThat(selected.steps(entrants.getFirst())).containsExactly(other.step());
    }
}
