package io.tournant.testkit.bench;

import io.tournant.testkit.bench.Comparison.Range;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is printed of one quantity of ours and one peer, and written as JSON.
 *
 * @param name {@code suite.case}
 * @param peer the name of the peer
 * @param unit of {@code ours}, {@code theirs} and {@code extra}, and of the limits where they are not about the ratio
 * @param ours the median of ours
 * @param theirs the median of the peer
 * @param oursMinimum the least of ours
 * @param theirsMinimum the least of the peer
 * @param ratio how many times better ours is
 * @param extra by how much ours is more
 * @param limits what is expected
 * @param oursByRound the values of ours
 * @param theirsByRound the values of the peer
 * @param note what else is to be said, or nothing
 */
public record BenchLine(
        String name,
        String peer,
        String unit,
        double ours,
        double theirs,
        double oursMinimum,
        double theirsMinimum,
        Range ratio,
        Range extra,
        Limits limits,
        List<Double> oursByRound,
        List<Double> theirsByRound,
        String note) {

    /** Returns what is printed of a comparison. */
    public static BenchLine of(String name, String peer, String unit, Comparison compared, Limits limits, String note) {
        Range ours = Range.of(compared.ours());
        Range theirs = Range.of(compared.peer());
        return new BenchLine(
                name,
                peer,
                unit,
                ours.median(),
                theirs.median(),
                ours.low(),
                theirs.low(),
                compared.ratio(),
                compared.extra(),
                limits,
                compared.ours(),
                compared.peer(),
                note);
    }

    /** Returns the line. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("BENCH " + name);
        line.append(" ours=").append(number(ours)).append(unit);
        line.append(' ').append(peer).append('=').append(number(theirs)).append(unit);
        line.append(" ratio=").append(ratio(ratio.median()));
        line.append(" spread=").append(ratio(ratio.low())).append('-').append(ratio(ratio.high()));
        appendLimit(line, " floor=", limits.floor());
        appendLimit(line, " goal=", limits.goal());
        if (limits.kind() == Figure.Limit.EXTRA) {
            line.append(" extra=").append(number(extra.median())).append(unit);
            line.append(" extra-spread=")
                    .append(number(extra.low()))
                    .append("..")
                    .append(number(extra.high()));
        }
        return (note.isEmpty() ? line : line.append(' ').append(note)).toString();
    }

    private void appendLimit(StringBuilder line, String label, @Nullable Double value) {
        if (value != null) {
            line.append(label).append(limits.kind() == Figure.Limit.RATIO ? ratio(value) : number(value) + unit);
        }
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Returns about three digits. */
    private static String number(double value) {
        int decimals = value == Math.rint(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
