package io.tournant.core.histogram;

import io.tournant.core.Histogram;

/** Counts values. Thread-safe by its monitor: it is given a sample, not every value. */
public final class Recorder {

    private final long[] counts = new long[Buckets.COUNT]; // guarded by the monitor of this

    /** Makes a recorder that has counted nothing. */
    public Recorder() {}

    /** Counts a value of at least 0. */
    public synchronized void record(long value) {
        counts[Buckets.indexOf(value)]++;
    }

    /** Returns what was counted up to now. */
    public synchronized Histogram snapshot() {
        return new Snapshot(counts.clone());
    }
}
