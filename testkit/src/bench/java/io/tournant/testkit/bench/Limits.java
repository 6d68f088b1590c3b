package io.tournant.testkit.bench;

import org.jspecify.annotations.Nullable;

/**
 * What is expected of a figure.
 *
 * @param kind what the two are about
 * @param floor what must be reached, if it is stated
 * @param goal what is aimed at, if it is stated
 */
public record Limits(
        Figure.Limit kind, @Nullable Double floor, @Nullable Double goal) {

    /** Nothing is expected. */
    public static final Limits NONE = new Limits(Figure.Limit.RATIO, null, null);

    static Limits of(Figure figure) {
        return new Limits(figure.limit(), stated(figure.floor()), stated(figure.goal()));
    }

    private static @Nullable Double stated(double limit) {
        return Double.isNaN(limit) ? null : limit;
    }
}
