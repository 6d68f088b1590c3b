package io.tournant.ipc.bench;

import static io.tournant.testkit.bench.pair.Step.Pattern.IDLE;
import static io.tournant.testkit.bench.pair.Step.Pattern.PACED;
import static io.tournant.testkit.bench.pair.Step.Pattern.RTT;
import static io.tournant.testkit.bench.pair.Step.Pattern.THROUGHPUT;

import io.tournant.testkit.bench.Figure;
import io.tournant.testkit.bench.Limits;
import io.tournant.testkit.bench.Settings;
import io.tournant.testkit.bench.pair.Duel;
import io.tournant.testkit.bench.pair.Measure;
import io.tournant.testkit.bench.pair.PairBench;
import io.tournant.testkit.bench.pair.PairSuite;
import io.tournant.testkit.bench.pair.Step;
import io.tournant.testkit.bench.pair.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who is compared with whom, in which surroundings, and what is expected. */
public final class IpcBench {

    private static final int ROUNDS = 7;

    private static final Surroundings TWO_CORES = new Surroundings("twoCores", List.of("taskset", "-c", "0,1"), 0);
    private static final Surroundings ONE_CORE = new Surroundings("oneCore", List.of("taskset", "-c", "0"), 0);
    private static final Surroundings HOGS = new Surroundings("hogs", List.of("taskset", "-c", "0,1"), 2);

    private static final int SMALL = 32;
    private static final int MIDDLE = 1 << 10;
    private static final List<Step> STEPS = List.of(
            new Step(RTT, SMALL),
            new Step(PACED, SMALL),
            new Step(THROUGHPUT, SMALL),
            new Step(RTT, MIDDLE),
            new Step(PACED, MIDDLE),
            new Step(THROUGHPUT, MIDDLE),
            new Step(RTT, 64 << 10),
            new Step(THROUGHPUT, 64 << 10),
            new Step(RTT, 1 << 20),
            new Step(THROUGHPUT, 1 << 20));

    /**
     * A transport of ours and those it is compared with.
     *
     * @param ours the name of ours, which {@link Medium#of} knows
     * @param limit the C program that shows what the kernel gives
     * @param peers the others
     */
    private record Rivals(String ours, String limit, List<String> peers) {

        List<String> all() {
            List<String> all = new ArrayList<>(List.of(limit));
            all.addAll(peers);
            return all;
        }
    }

    private static final List<Rivals> RIVALS = List.of(
            new Rivals("mapped", "cRing", List.of("agrona", "aeron", "chronicle", "jdkSocket")),
            new Rivals("socket", "cSocket", List.of("jdkSocket", "jeromq", "python")),
            new Rivals("pipe", "cPipe", List.of("jdkPipe", "python")),
            new Rivals("queue", "cQueue", List.of("jdkSocket")));

    private IpcBench() {}

    /**
     * Runs the benchmarks.
     *
     * @param arguments {@code key=value} as {@link Settings#parse} takes them
     */
    public static void main(String... arguments) throws Exception {
        Settings settings = Settings.parse(ROUNDS, arguments);
        try (var entrants = new Entrants(settings)) {
            List<PairSuite> suites = new ArrayList<>();
            for (Surroundings surroundings : List.of(TWO_CORES, ONE_CORE, HOGS)) {
                suites.add(new PairSuite(
                        "ipc." + surroundings.name(),
                        surroundings,
                        entrants.all(names(), surroundings == TWO_CORES),
                        duels(surroundings)));
            }
            suites.add(idle(entrants));
            new PairBench(settings, Path.of(""), System.out).run(suites);
        }
    }

    /** Returns everybody once, rivals side by side. */
    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Rivals rivals : RIVALS) {
            names.add(rivals.ours());
            names.addAll(rivals.all());
        }
        return names.stream().distinct().toList();
    }

    private static List<Duel> duels(Surroundings surroundings) {
        List<Duel> duels = new ArrayList<>();
        for (Rivals rivals : RIVALS) {
            for (Step step : STEPS) {
                for (Measure measure : step.pattern().measures()) {
                    for (String peer : rivals.all()) {
                        Limits limits = limits(surroundings, rivals, peer, step, measure);
                        duels.add(new Duel(rivals.ours(), peer, step, measure, limits));
                    }
                }
            }
        }
        return duels;
    }

    /** Two that wait to receive, and take what two JVMs take that do nothing. */
    private static PairSuite idle(Entrants entrants) throws Exception {
        List<String> names = new ArrayList<>(RIVALS.stream().map(Rivals::ours).toList());
        Limits limits = new Limits(Figure.Limit.EXTRA, 0.5, null);
        List<Duel> duels = names.stream()
                .map(ours -> new Duel(ours, "none", new Step(IDLE, SMALL), Measure.IDLE_CPU, limits))
                .toList();
        names.add("none");
        return new PairSuite("ipc.idle", TWO_CORES, entrants.all(names, false), duels);
    }

    private static Limits limits(Surroundings surroundings, Rivals rivals, String peer, Step step, Measure measure) {
        if (measure != Measure.P50 && measure != Measure.RATE) {
            return Limits.NONE;
        }
        if (surroundings != TWO_CORES) {
            boolean fallsBack = rivals.ours().equals("mapped") && peer.equals("jdkSocket") && measure == Measure.P50;
            return fallsBack ? ratio(0.5, 0.67) : Limits.NONE;
        }
        return switch (peer) {
            case "cQueue" -> ratio(0.7, 0.8);
            case "cSocket", "cPipe" -> peer.equals(rivals.limit()) ? ratio(0.6, 0.8) : Limits.NONE;
            case "agrona", "aeron" -> limitsOfRings(peer, step);
            default -> Limits.NONE;
        };
    }

    private static Limits limitsOfRings(String peer, Step step) {
        return switch (step.toString()) {
            case "rtt:32" -> ratio(0.92, 1.05);
            case "throughput:32" -> ratio(1.7, 2.5);
            case "throughput:1024" -> peer.equals("agrona") ? ratio(1.0, 1.3) : ratio(3, 5);
            default -> Limits.NONE;
        };
    }

    private static Limits ratio(double floor, double goal) {
        return new Limits(Figure.Limit.RATIO, floor, goal);
    }
}
