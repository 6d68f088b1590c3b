package io.tournant.testkit.bench;

import io.tournant.testkit.bench.Contest.Contender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the contenders of a case in turn, each time in a fresh JVM and each round in another order, so that whatever else
 * the machine does meanwhile hits all of them alike.
 */
public final class Rounds {

    /** Longer than anything that is measured; a task that is lost would be waited for for ever. */
    private static final TimeValue HANG = TimeValue.seconds(60);

    private final Settings settings;
    private final OutputFormat log;

    Rounds(Settings settings, OutputFormat log) {
        this.settings = settings;
        this.log = log;
    }

    /** Returns the runs of each contender, by round. */
    Map<Contender, List<RunResult>> run(Contest contest) throws RunnerException {
        Map<Contender, List<RunResult>> runs = new LinkedHashMap<>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (Contender contender : rotated(contest.contenders(), round)) {
                runs.computeIfAbsent(contender, c -> new ArrayList<>()).add(run(contest, contender));
            }
        }
        return runs;
    }

    /** Returns the list beginning with another element each round. */
    public static <T> List<T> rotated(List<T> list, int round) {
        List<T> rotated = new ArrayList<>(list);
        Collections.rotate(rotated, -round);
        return rotated;
    }

    private RunResult run(Contest contest, Contender contender) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(contender.benchmark()) + "$")
                .forks(1)
                .jvmArgsAppend(settings.jvm().toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .timeout(HANG)
                .shouldFailOnError(true);
        contest.parameters().forEach(options::param);
        settings.mode().applyTo(options);
        return new Runner(options.build(), log).runSingle();
    }
}
