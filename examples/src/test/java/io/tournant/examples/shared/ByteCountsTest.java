package io.tournant.examples.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteCountsTest {

    @Test
    void twoProcessesCountWhatOneThreadCounts() throws Exception {
        var data = new byte[(9 << 20) + 1]; // three parts, the last of which is shorter
        new Random(7).nextBytes(data);
        var expected = new long[256];
        for (byte each : data) {
            expected[each & 0xFF]++;
        }

        assertThat(ByteCounts.count(MemorySegment.ofArray(data))).isEqualTo(expected);
    }
}
