package io.tournant.testkit.bench.pair;

import static java.nio.file.StandardOpenOption.APPEND;

import io.tournant.testkit.bench.BenchLine;
import io.tournant.testkit.bench.Comparison;
import io.tournant.testkit.bench.Machine;
import io.tournant.testkit.bench.Report;
import io.tournant.testkit.bench.Rounds;
import io.tournant.testkit.bench.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs suites of pairs. In each round every pair is run once, each round in another order. Prints and writes what the
 * benchmarks within one process do, and {@code bench.log} with what the pairs printed. A peer that cannot run is left out,
 * which is said; if one of ours fails the benchmark does, in the end.
 */
public final class PairBench {

    private final Settings settings;
    private final PrintStream out;
    private final Path directory;
    private final Path log;
    private final List<String> failures = new ArrayList<>();

    /** Makes a runner that writes into a directory. */
    public PairBench(Settings settings, Path directory, PrintStream out) {
        this.settings = settings;
        this.directory = directory.toAbsolutePath();
        this.out = out;
        log = this.directory.resolve("bench.log");
    }

    /**
     * Runs what the settings select.
     *
     * @throws IllegalStateException in the end, if one of ours failed
     */
    public void run(List<PairSuite> suites) throws IOException, InterruptedException {
        Files.writeString(log, "");
        for (PairSuite suite : suites) {
            PairSuite selected = suite.only(duel -> selects(suite.name() + "." + duel.name(), duel.peer()));
            if (!settings.selectsSuite(suite.name()) || selected.duels().isEmpty()) {
                out.println("# not selected: " + suite.name());
            } else {
                run(selected);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("Ours failed: " + String.join("; ", failures) + "; log=" + log);
        }
    }

    /** A case may be named with or without the peer. */
    private boolean selects(String name, String peer) {
        return settings.selectsCase(name) || settings.selectsCase(name + " vs " + peer);
    }

    private void run(PairSuite suite) throws IOException, InterruptedException {
        Machine before = Machine.now();
        out.println("# before " + suite.name() + ": " + before + " rounds=" + settings.rounds());
        suite.entrants().stream()
                .filter(entrant -> !entrant.reason().isEmpty())
                .forEach(entrant -> out.println("# left out: " + entrant.name() + ": " + entrant.reason()));
        List<Map<String, Map<Step, Measured>>> rounds = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            rounds.add(round(suite, round));
        }
        List<BenchLine> lines = suite.duels().stream()
                .flatMap(duel -> compare(suite.name(), duel, rounds).stream())
                .toList();
        lines.forEach(out::println);
        Machine after = Machine.now();
        out.println("# after " + suite.name() + ": " + after);
        Report report = new Report(suite.name(), settings.mode(), before, after, lines);
        report.write(directory.resolve(suite.name() + ".json"));
        report.draw(directory.resolve(suite.name() + ".svg"), out);
    }

    private Map<String, Map<Step, Measured>> round(PairSuite suite, int round)
            throws IOException, InterruptedException {
        Map<String, Map<Step, Measured>> measured = new HashMap<>();
        for (Entrant entrant : Rounds.rotated(suite.entrants(), round)) {
            if (entrant.reason().isEmpty()) {
                String heading = suite.name() + " round " + round + ": " + entrant.name();
                Files.writeString(log, "# " + heading + "\n", APPEND);
                try (var _ = suite.surroundings().start()) {
                    List<String> prefix = suite.surroundings().prefix();
                    measured.put(entrant.name(), PairRun.run(entrant, prefix, suite.steps(entrant), log));
                } catch (IOException e) {
                    out.println("# left out of " + heading + ": " + e.getMessage());
                    if (suite.isOurs(entrant)) {
                        failures.add(heading + ": " + e.getMessage());
                    }
                }
            }
        }
        return measured;
    }

    /** Compares the rounds in which both were measured; returns nothing if there are none. */
    static List<BenchLine> compare(String suite, Duel duel, List<Map<String, Map<Step, Measured>>> rounds) {
        List<Measured> ours = new ArrayList<>();
        List<Measured> peers = new ArrayList<>();
        for (Map<String, Map<Step, Measured>> round : rounds) {
            Measured own = round.getOrDefault(duel.ours(), Map.of()).get(duel.step());
            Measured peer = round.getOrDefault(duel.peer(), Map.of()).get(duel.step());
            if (own != null && peer != null) {
                ours.add(own);
                peers.add(peer);
            }
        }
        if (ours.isEmpty()) {
            return List.of();
        }
        Measure measure = duel.measure();
        Comparison compared = new Comparison(values(measure, ours), values(measure, peers), measure.isCost());
        boolean waits = ours.getFirst().values().containsKey("sleeps");
        String note = waits ? "wake=" + Wake.summary(ours) + "/" + Wake.summary(peers) : "";
        return List.of(
                BenchLine.of(suite + "." + duel.name(), duel.peer(), measure.unit(), compared, duel.limits(), note));
    }

    private static List<Double> values(Measure measure, List<Measured> rounds) {
        return rounds.stream().map(measure::of).toList();
    }
}
