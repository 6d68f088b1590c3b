package io.tournant.core;

import java.time.Duration;

/**
 * How often durations occurred, to two significant digits of nanoseconds. Immutable.
 *
 * <p>{@link #encode()} exports it for the tools around <a href="http://hdrhistogram.org">HdrHistogram</a>.
 */
public interface Histogram {

    /**
     * Returns how many durations were counted.
     *
     * @return zero or more
     */
    long count();

    /**
     * Returns the duration that a share of all does not exceed.
     *
     * @param percentile the share in percent, from 0 to 100: 50 for the median, 100 for the longest
     * @return the duration, rounded up by less than one percent; zero if nothing was counted
     * @throws IllegalArgumentException if {@code percentile} is out of range
     */
    Duration percentile(double percentile);

    /**
     * Returns the longest duration.
     *
     * @return the duration, rounded up by less than one percent; zero if nothing was counted
     */
    default Duration max() {
        return percentile(100);
    }

    /**
     * Encodes this histogram in the compressed V2 format of HdrHistogram, which
     * {@code Histogram.decodeFromCompressedByteBuffer} of that library reads, and whose Base64 form stands in its logs.
     *
     * @return the bytes, counting nanoseconds
     */
    byte[] encode();
}
