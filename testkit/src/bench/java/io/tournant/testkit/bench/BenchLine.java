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
 * @param limit what the limits are about
 * @param floor what must be reached
 * @param goal what is aimed at
 * @param oursByRound the values of ours
 * @param theirsByRound the values of the peer
 */
record BenchLine(
        String name,
        String peer,
        String unit,
        double ours,
        double theirs,
        double oursMinimum,
        double theirsMinimum,
        Range ratio,
        Range extra,
        Figure.Limit limit,
        @Nullable Double floor,
        @Nullable Double goal,
        List<Double> oursByRound,
        List<Double> theirsByRound) {

    static BenchLine of(String name, String peer, String unit, Comparison compared, Figure figure) {
        Range ours = Range.of(compared.ours());
        Range theirs = Range.of(compared.peer());
        return new BenchLine(
                name + figure.value().suffix(),
                peer,
                unit,
                ours.median(),
                theirs.median(),
                ours.low(),
                theirs.low(),
                compared.ratio(),
                compared.extra(),
                figure.limit(),
                stated(figure.floor()),
                stated(figure.goal()),
                compared.ours(),
                compared.peer());
    }

    private static @Nullable Double stated(double limit) {
        return Double.isNaN(limit) ? null : limit;
    }

    /** Returns the line. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("BENCH " + name);
        line.append(" ours=").append(number(ours)).append(unit);
        line.append(' ').append(peer).append('=').append(number(theirs)).append(unit);
        line.append(" ratio=").append(ratio(ratio.median()));
        line.append(" spread=").append(ratio(ratio.low())).append('-').append(ratio(ratio.high()));
        appendLimit(line, " floor=", floor);
        appendLimit(line, " goal=", goal);
        if (limit == Figure.Limit.EXTRA) {
            line.append(" extra=").append(number(extra.median())).append(unit);
            line.append(" extra-spread=")
                    .append(number(extra.low()))
                    .append("..")
                    .append(number(extra.high()));
        }
        return line.toString();
    }

    private void appendLimit(StringBuilder line, String label, @Nullable Double value) {
        if (value != null) {
            line.append(label).append(limit == Figure.Limit.RATIO ? ratio(value) : number(value) + unit);
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
