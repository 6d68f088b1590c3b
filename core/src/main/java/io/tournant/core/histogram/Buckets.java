package io.tournant.core.histogram;

/**
 * Which bucket a value falls into, as in HdrHistogram with two significant digits and a lowest value of 1: the first 256
 * buckets are one wide; from there each group of 128 is twice as wide as the one before.
 *
 * <pre>
 * group   values                  width of a bucket
 * 0       0 to 255                1
 * 1       256 to 511              2
 * n       128 &lt;&lt; n to (256 &lt;&lt; n) - 1  1 &lt;&lt; n
 * </pre>
 */
public final class Buckets {

    /** How many decimal digits of a value are kept. */
    public static final int SIGNIFICANT_DIGITS = 2;

    /** The greatest value that is told from others; greater ones count as this. */
    public static final long MAX_VALUE = (1L << 47) - 1; // 39 hours in nanoseconds

    private static final int HALF_BITS = 7;
    private static final int HALF = 1 << HALF_BITS;

    /** How many buckets there are. */
    public static final int COUNT = indexOf(MAX_VALUE) + 1;

    private Buckets() {}

    /** Returns the bucket of a value of at least 0. */
    public static int indexOf(long value) {
        long capped = Math.min(value, MAX_VALUE);
        int group = Long.SIZE - Long.numberOfLeadingZeros(capped | (2 * HALF - 1)) - HALF_BITS - 1;
        return (group << HALF_BITS) + (int) (capped >>> group);
    }

    /** Returns the greatest value in a bucket. */
    public static long highestOf(int index) {
        int group = Math.max(0, (index >>> HALF_BITS) - 1);
        long within = index - ((long) group << HALF_BITS);
        return ((within + 1) << group) - 1;
    }
}
