package io.tournant.testkit.bench;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is compared, and what is expected of it. A limit that is not a number is not stated. */
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Figure {

    /** Returns what is compared. */
    Quantity value();

    /**
     * Returns the peers that this is about, by the names of their methods; if there are none, all those that no other figure
     * of the same quantity names.
     */
    String[] peers() default {};

    /** Returns what the limits below are about. */
    Limit limit() default Limit.RATIO;

    /** Returns what must be reached. */
    double floor() default Double.NaN;

    /** Returns what is aimed at. */
    double goal() default Double.NaN;

    /** What a floor and a goal are about. */
    enum Limit {
        /** The ratio, of which more is better. */
        RATIO,
        /** What ours costs more than the peer, in the unit of the quantity; it is then printed as {@code extra}. */
        EXTRA,
        /** Ours alone, in the unit of the quantity, of which less is better. */
        OURS
    }
}
