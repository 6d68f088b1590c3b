package io.tournant.testkit.bench.pair;

import io.tournant.testkit.bench.Limits;

/**
 * What is compared.
 *
 * @param ours the name of ours
 * @param peer the name of the peer
 * @param step the step that both do
 * @param measure what counts
 * @param limits what is expected
 */
public record Duel(String ours, String peer, Step step, Measure measure, Limits limits) {

    /** Returns the case that this belongs to, within the suite. */
    String name() {
        return ours + (step.pattern() == Step.Pattern.IDLE ? "" : "-" + step.length()) + measure.suffix();
    }
}
