package io.tournant.testkit.bench.pair;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Pairs that are compared in the same surroundings.
 *
 * @param name the suite, which {@code -Dbench=…} selects
 * @param surroundings what they run in
 * @param entrants who takes part; rivals stand side by side
 * @param duels what is compared
 */
public record PairSuite(String name, Surroundings surroundings, List<Entrant> entrants, List<Duel> duels) {

    /** Returns this suite without the other duels, and who takes part in none of the rest. */
    PairSuite only(Predicate<Duel> selected) {
        List<Duel> left = duels.stream().filter(selected).toList();
        List<Entrant> needed = entrants.stream()
                .filter(entrant -> left.stream().anyMatch(duel -> takesPart(duel, entrant)))
                .toList();
        return new PairSuite(name, surroundings, needed, left);
    }

    /** Returns what an entrant is to do, each step once. */
    Set<Step> steps(Entrant entrant) {
        Set<Step> steps = new LinkedHashSet<>();
        duels.stream().filter(duel -> takesPart(duel, entrant)).map(Duel::step).forEach(steps::add);
        return steps;
    }

    /** Returns whether a failure of an entrant fails the benchmark. */
    boolean isOurs(Entrant entrant) {
        return duels.stream().anyMatch(duel -> duel.ours().equals(entrant.name()));
    }

    private static boolean takesPart(Duel duel, Entrant entrant) {
        return duel.ours().equals(entrant.name()) || duel.peer().equals(entrant.name());
    }
}
