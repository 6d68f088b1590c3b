package io.tournant.core.histogram;

import io.tournant.core.Histogram;
import java.time.Duration;

/** A histogram that no longer changes. */
final class Snapshot implements Histogram {

    private final long[] counts; // by Buckets
    private final long count;

    Snapshot(long[] counts) {
        this.counts = counts;
        long sum = 0;
        for (long each : counts) {
            sum += each;
        }
        count = sum;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public Duration percentile(double percentile) {
        if (!(percentile >= 0 && percentile <= 100)) {
            throw new IllegalArgumentException("A percentile is from 0 to 100: percentile=" + percentile);
        }
        double share = Math.nextDown(percentile) * count / 100; // so that rounding does not reach for the next one
        long rank = Math.max(1, (long) Math.ceil(share));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Duration.ofNanos(Buckets.highestOf(i));
            }
        }
        return Duration.ZERO;
    }

    @Override
    public byte[] encode() {
        return HdrEncoding.encode(counts);
    }

    @Override
    public String toString() {
        return "Histogram[count=" + count + " p50=" + percentile(50) + " p99=" + percentile(99) + " max=" + max() + "]";
    }
}
