package io.tournant.testkit.bench;

import io.tournant.testkit.bench.Contest.Contender;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the selected suites of the module whose benchmarks are on the class path. Prints a {@code BENCH} line for each case,
 * quantity and peer as soon as it is known, and writes {@code SUITE.json},
 * the bar chart {@code SUITE.svg} and JMH's own words, {@code bench.log}, into
 * the current directory. It measures and does not judge: a missed goal is no failure, a benchmark that cannot run is one.
 */
public final class Bench {

    private static final int ROUNDS = 5;
    private static final Path LOG = Path.of("bench.log").toAbsolutePath();

    private final Settings settings;
    private final Rounds rounds;
    private final PrintStream out;

    private Bench(Settings settings, OutputFormat log, PrintStream out) {
        this.settings = settings;
        this.out = out;
        rounds = new Rounds(settings, log);
    }

    /**
     * Runs them.
     *
     * @param arguments {@code key=value} as {@link Settings#parse} takes them
     * @throws IOException if the files cannot be written
     */
    public static void main(String... arguments) throws IOException {
        Settings settings = Settings.parse(ROUNDS, arguments);
        try (PrintStream jmh = new PrintStream(new BufferedOutputStream(Files.newOutputStream(LOG)), true)) {
            OutputFormat log = OutputFormatFactory.createFormatInstance(jmh, VerboseMode.NORMAL);
            new Bench(settings, log, System.out).runAll(Catalogue.read(log));
        }
    }

    private void runAll(List<Contest> all) throws IOException {
        Map<String, List<Contest>> suites = all.stream().collect(Collectors.groupingBy(Contest::suite));
        for (Map.Entry<String, List<Contest>> suite : suites.entrySet()) {
            List<Contest> selected = suite.getValue().stream()
                    .filter(contest -> settings.selectsCase(contest.name()))
                    .toList();
            if (!settings.selectsSuite(suite.getKey()) || selected.isEmpty()) {
                out.println("# not selected: " + suite.getKey());
            } else {
                run(suite.getKey(), selected);
            }
        }
    }

    private void run(String suite, List<Contest> contests) throws IOException {
        Machine before = Machine.now();
        out.println("# before " + suite + ": " + before + " rounds=" + settings.rounds());
        List<BenchLine> lines = new ArrayList<>();
        for (Contest contest : contests) {
            List<BenchLine> measured = run(contest);
            measured.forEach(out::println);
            lines.addAll(measured);
        }
        Machine after = Machine.now();
        out.println("# after " + suite + ": " + after);
        Report report = new Report(suite, settings.mode(), before, after, lines);
        report.write(Path.of(suite + ".json"));
        report.draw(Path.of(suite + ".svg"), out);
    }

    private List<BenchLine> run(Contest contest) {
        try {
            return lines(contest, rounds.run(contest));
        } catch (RunnerException e) {
            throw new IllegalStateException(
                    "A benchmark could not be run; the log says why: case=" + contest.name() + " log=" + LOG, e);
        }
    }

    private static List<BenchLine> lines(Contest contest, Map<Contender, List<RunResult>> runs) {
        List<BenchLine> lines = new ArrayList<>();
        for (Figure figure : contest.declared().figures()) {
            Quantity quantity = figure.value();
            for (Contender peer : contest.peers(figure)) {
                Comparison compared = new Comparison(
                        values(quantity, runs.getOrDefault(contest.ours(), List.of())),
                        values(quantity, runs.getOrDefault(peer, List.of())),
                        quantity.isCost(contest.mode()));
                String unit = quantity.unit(contest.mode(), contest.scale());
                lines.add(BenchLine.of(
                        contest.name() + quantity.suffix(), peer.name(), unit, compared, Limits.of(figure), ""));
            }
        }
        return lines;
    }

    private static List<Double> values(Quantity quantity, List<RunResult> runs) {
        return runs.stream().map(quantity::of).toList();
    }
}
