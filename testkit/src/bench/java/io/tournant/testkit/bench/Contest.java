package io.tournant.testkit.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

    Contest {
        Set<String> names = contenders.stream().map(Contender::name).collect(Collectors.toSet());
        for (Figure figure : declared.figures()) {
            if (!names.containsAll(List.of(figure.peers()))) {
                throw new IllegalStateException("A figure names a peer that is not there: case=" + declared.name()
                        + " named=" + List.of(figure.peers()) + " known=" + names);
            }
        }
    }

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

    /** Returns the peers that a figure of this case is about. */
    List<Contender> peers(Figure figure) {
        if (figure.peers().length > 0) {
            return peers().stream()
                    .filter(peer -> List.of(figure.peers()).contains(peer.name()))
                    .toList();
        }
        Set<String> named = Arrays.stream(declared.figures())
                .filter(other -> other.value() == figure.value())
                .flatMap(other -> Arrays.stream(other.peers()))
                .collect(Collectors.toSet());
        return peers().stream().filter(peer -> !named.contains(peer.name())).toList();
    }
}
