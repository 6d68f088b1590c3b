package io.tournant.testkit.bench.pair;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a pair measured in a step, and prints as {@code pattern:length key=value …}: {@code p50} and {@code p99} in
 * nanoseconds, {@code cpu} in nanoseconds of processor time a round trip, {@code sleeps} of the measuring thread a round
 * trip, {@code rate} in messages a second, {@code busy} in percent of a processor.
 *
 * @param step the step
 * @param values the values by key
 */
public record Measured(Step step, Map<String, Double> values) {

    /** Reads a line. */
    static Measured parse(String line) {
        String[] words = line.strip().split(" +", -1);
        Map<String, Double> values = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            if (pair.length != 2) {
                throw new IllegalArgumentException("Expected key=value: line=" + line);
            }
            values.put(pair[0], Double.valueOf(pair[1]));
        }
        return new Measured(Step.parse(words[0]), values);
    }

    double value(String key) {
        Double value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("The pair did not print it: key=" + key + " line=" + this);
        }
        return value;
    }

    /** Returns how whoever waited was woken. */
    Wake wake() {
        return Wake.of(value("sleeps"), value("p50"), step.length());
    }

    /** Returns the line. */
    @Override
    public String toString() {
        return step
                + values.entrySet().stream()
                        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining());
    }
}
