package io.tournant.testkit.bench.pair;

import java.util.List;

/**
 * A pair that takes part, or cannot.
 *
 * @param name how it is called
 * @param command what starts it, without the surroundings and the steps
 * @param reason why it is left out, or nothing if it is not
 */
public record Entrant(String name, List<String> command, String reason) {

    /** Returns one that takes part. */
    public static Entrant of(String name, List<String> command) {
        return new Entrant(name, command, "");
    }

    /** Returns one that cannot take part here. */
    public static Entrant leftOut(String name, String reason) {
        return new Entrant(name, List.of(), reason);
    }
}
