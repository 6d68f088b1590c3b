package io.tournant.core.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tournant.core.Histogram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

/** Our histogram against the library whose format it speaks. */
class HistogramTest {

    private static final long[] EDGES = {
        0,
        1,
        127,
        128,
        255,
        256,
        257,
        511,
        512,
        1000,
        65_535,
        65_536,
        1_000_000,
        Buckets.MAX_VALUE - 1,
        Buckets.MAX_VALUE
    };

    private static org.HdrHistogram.Histogram decode(Histogram histogram) throws DataFormatException {
        return org.HdrHistogram.Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(histogram.encode()), 0);
    }

    private static void assertSame(long[] values) throws DataFormatException {
        Recorder recorder = new Recorder();
        org.HdrHistogram.Histogram expected = new org.HdrHistogram.Histogram(1, Buckets.MAX_VALUE, 2);
        for (long value : values) {
            recorder.record(value);
            expected.recordValue(value);
        }
        Histogram ours = recorder.snapshot();
        assertThat(decode(ours)).isEqualTo(expected);
        assertThat(ours.count()).isEqualTo(expected.getTotalCount());
        for (double percentile : new double[] {1, 50, 90, 99, 99.9, 100}) {
            assertThat(ours.percentile(percentile).toNanos())
                    .as("percentile %s", percentile)
                    .isEqualTo(expected.getValueAtPercentile(percentile));
        }
    }

    @Test
    void edgesFallIntoTheBucketsOfTheLibrary() throws Exception {
        assertSame(EDGES);
        for (long edge : EDGES) {
            assertSame(new long[] {edge});
        }
    }

    @Test
    void randomValuesAreDecodedByTheLibrary() throws Exception {
        Random random = new Random(42);
        assertSame(random.longs(10_000, 0, 50_000_000).toArray());
        assertSame(random.longs(1_000, 0, Buckets.MAX_VALUE).toArray());
    }

    @Test
    void manyOfOneValueAreCounted() throws Exception {
        Recorder recorder = new Recorder();
        for (int i = 0; i < 100_000; i++) {
            recorder.record(300);
        }
        assertThat(decode(recorder.snapshot()).getCountAtValue(300)).isEqualTo(100_000);
    }

    @Test
    void anEmptyOneIsEmpty() throws Exception {
        Histogram empty = new Recorder().snapshot();
        assertThat(empty.count()).isZero();
        assertThat(empty.max()).isZero();
        assertThat(empty.percentile(50)).isZero();
        assertThat(decode(empty).getTotalCount()).isZero();
    }

    @Test
    void whatIsTooLongCountsAsTheLongest() {
        Recorder recorder = new Recorder();
        recorder.record(Long.MAX_VALUE);
        assertThat(recorder.snapshot().max()).isEqualTo(Duration.ofNanos(Buckets.MAX_VALUE));
    }

    @Test
    void aSnapshotDoesNotChange() {
        Recorder recorder = new Recorder();
        recorder.record(1);
        Histogram before = recorder.snapshot();
        recorder.record(2);
        assertThat(before.count()).isEqualTo(1);
        assertThat(before).hasToString("Histogram[count=1 p50=PT0.000000001S p99=PT0.000000001S max=PT0.000000001S]");
    }

    @Test
    void aPercentileOutOfRangeIsNamed() {
        Histogram empty = new Recorder().snapshot();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.percentile(100.1))
                .withMessageContaining("percentile=100.1");
        assertThatIllegalArgumentException().isThrownBy(() -> empty.percentile(Double.NaN));
    }

    @Test
    void everyBucketHoldsItsHighestValue() {
        for (int i = 0; i < Buckets.COUNT; i++) {
            assertThat(Buckets.indexOf(Buckets.highestOf(i))).isEqualTo(i);
            assertThat(Buckets.indexOf(Buckets.highestOf(i) + 1)).isEqualTo(Math.min(i + 1, Buckets.COUNT - 1));
        }
    }
}
