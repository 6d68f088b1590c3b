package io.tournant.testkit.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How the benchmarks are run.
 *
 * @param suites which suites
 * @param cases which cases, as {@code suite.case}
 * @param mode how long each run takes
 * @param rounds how often each benchmark is run
 * @param jvm further arguments of the JVMs that are measured
 */
public record Settings(Pattern suites, Pattern cases, Mode mode, int rounds, List<String> jvm) {

    /** How long each run takes. */
    public enum Mode {
        /** To see that it works. */
        QUICK(2, 250, 2, 250),
        /** To be reported. */
        DEFAULT(3, 500, 5, 400);

        private final int warmups;
        private final long warmupMillis;
        private final int measurements;
        private final long measurementMillis;

        Mode(int warmups, long warmupMillis, int measurements, long measurementMillis) {
            this.warmups = warmups;
            this.warmupMillis = warmupMillis;
            this.measurements = measurements;
            this.measurementMillis = measurementMillis;
        }

        void applyTo(ChainedOptionsBuilder options) {
            options.warmupIterations(warmups)
                    .warmupTime(TimeValue.milliseconds(warmupMillis))
                    .measurementIterations(measurements)
                    .measurementTime(TimeValue.milliseconds(measurementMillis));
        }
    }

    /**
     * Reads {@code suites=… cases=… mode=… rounds=… jvm=…}; each may be left out. Zero rounds are as many as usual, and
     * one in quick mode.
     */
    public static Settings parse(int usualRounds, String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            if (pair.length != 2) {
                throw new IllegalArgumentException("Expected key=value: argument=" + argument);
            }
            given.put(pair[0], pair[1]);
        }
        Mode mode = mode(take(given, "mode", "default"));
        int rounds = Integer.parseInt(take(given, "rounds", "0"));
        String jvm = take(given, "jvm", "").strip();
        Settings settings = new Settings(
                Pattern.compile(take(given, "suites", ".*")),
                Pattern.compile(take(given, "cases", ".*")),
                mode,
                rounds > 0 ? rounds : mode == Mode.QUICK ? 1 : usualRounds,
                jvm.isEmpty() ? List.of() : List.of(jvm.split("\\s+")));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "Known keys are suites, cases, mode, rounds and jvm: unknown=" + given.keySet());
        }
        return settings;
    }

    private static String take(Map<String, String> given, String key, String otherwise) {
        String value = given.remove(key);
        return value == null ? otherwise : value;
    }

    private static Mode mode(String name) {
        return switch (name) {
            case "quick" -> Mode.QUICK;
            case "default" -> Mode.DEFAULT;
            default -> throw new IllegalArgumentException("The modes are quick and default: mode=" + name);
        };
    }

    /** The first part of a name is enough, as in {@code -Dbench=pool} for suite {@code pool.submit}. */
    public boolean selectsSuite(String suite) {
        return suites.matcher(suite).matches()
                || suites.matcher(suite.replaceFirst("\\..*", "")).matches();
    }

    /** Part of a name is enough, as in {@code -Dbench.cases=batch}. */
    public boolean selectsCase(String name) {
        return cases.matcher(name).find();
    }
}
