package io.tournant.testkit.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;

/**
 * One case: benchmarks that do the same work, under the same parameters.
 *
 * @param declared what the benchmark class says of itself
 * @param parameters a value for each JMH parameter
 * @param contenders {@code ours} first, then the peers
 * @param mode whether the score is a time or a rate
 * @param scale the unit of time of the score
 */
record Contest(
        BenchmarkCase declared, Map<String, String> parameters, List<Contender> contenders, Mode mode, TimeUnit scale) {

    static final String OURS = "ours";

    /**
     * One way to do the work.
     *
     * @param name {@code ours}, or that of a peer
     * @param benchmark the benchmark method's qualified name
     */
    record Contender(String name, String benchmark) {}

    String suite() {
        return declared.suite();
    }

    /** Returns {@code suite.case-parameter}. */
    String name() {
        StringBuilder name = new StringBuilder(declared.suite() + "." + declared.name());
        parameters.values().forEach(value -> name.append('-')
                .append(value.toLowerCase(Locale.ROOT).replace('_', '-')));
        return name.toString();
    }

    Contender ours() {
        return contenders.getFirst();
    }

    List<Contender> peers() {
        return contenders.subList(1, contenders.size());
    }
}
