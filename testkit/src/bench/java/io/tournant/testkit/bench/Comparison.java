package io.tournant.testkit.bench;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * A quantity of ours beside that of a peer, round by round. The two values of a round were measured within seconds of each
 * other, so what is said of both is said by round first.
 *
 * @param ours the values of ours, by round
 * @param peer the peer's, by round
 * @param isCost whether less is better
 */
public record Comparison(List<Double> ours, List<Double> peer, boolean isCost) {

    /**
     * The middle and the ends of some values.
     *
     * @param low the lowest
     * @param median the middle one, or the mean of the two in the middle
     * @param high the highest
     */
    public record Range(double low, double median, double high) {

        static Range of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int last = sorted.size() - 1;
            double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
            return new Range(sorted.getFirst(), median, sorted.getLast());
        }
    }

    /** Refuses rounds that do not fit. */
    public Comparison {
        if (ours.isEmpty() || ours.size() != peer.size()) {
            throw new IllegalArgumentException(
                    "Each round has a value of both: ours=" + ours.size() + " peer=" + peer.size());
        }
    }

    /** Returns how many times better ours is: above 1 it is the better one. */
    Range ratio() {
        return byRound((o, p) -> isCost ? p / o : o / p);
    }

    /** Returns by how much ours is more. */
    Range extra() {
        return byRound((o, p) -> o - p);
    }

    private Range byRound(BinaryOperator<Double> combine) {
        return Range.of(IntStream.range(0, ours.size())
                .mapToObj(round -> combine.apply(ours.get(round), peer.get(round)))
                .toList());
    }
}
