package io.tournant.testkit.bench.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.testkit.bench.pair.Step.Pattern;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuredTest {

    @Test
    void whatAPairPrintsIsReadAndScaled() {
        Measured measured = Measured.parse("rtt:32 p50=550 p99=1200 cpu=1100 sleeps=0.010");
        assertThat(measured.step()).isEqualTo(new Step(Pattern.RTT, 32));
        assertThat(Measure.P50.of(measured)).isEqualTo(0.55);
        assertThat(Measure.P99.of(measured)).isEqualTo(1.2);
        assertThat(Measured.parse(measured.toString())).isEqualTo(measured);
    }

    @Test
    void eachPatternCanPrintWhatIsMeasuredOfIt() {
        Measured all = new Measured(
                new Step(Pattern.RTT, 32), Map.of("p50", 1.0, "p99", 1.0, "cpu", 1.0, "rate", 1.0, "busy", 1.0));
        for (Pattern pattern : Pattern.values()) {
            assertThat(Step.parse(new Step(pattern, 7) + "")).isEqualTo(new Step(pattern, 7));
            assertThat(pattern.measures()).isNotEmpty().allSatisfy(measure -> assertThat(measure.of(all))
                    .isPositive());
        }
    }

    @Test
    void whatIsNotThereOrNoNumberIsNamed() {
        assertThatThrownBy(() -> Measure.RATE.of(Measured.parse("throughput:32 p50=1")))
                .hasMessageContaining("key=rate");
        assertThatThrownBy(() -> Measured.parse("rtt:32 p50")).hasMessageContaining("line=rtt:32 p50");
    }

    @Test
    void aRoundTripIsClassedByHowItsWaiterWasWoken() {
        assertThat(Wake.of(0, 500, 32)).isEqualTo(Wake.SPINNING);
        assertThat(Wake.of(0.05, 400_000, 1 << 20)).isEqualTo(Wake.SPINNING);
        assertThat(Wake.of(0, 8_000_000, 32)).isEqualTo(Wake.CROWDED);
        assertThat(Wake.of(1, 2_000, 32)).isEqualTo(Wake.CHEAP);
        assertThat(Wake.of(1, 10_000, 1024)).isEqualTo(Wake.CHEAP);
        assertThat(Wake.of(1, 35_000, 32)).isEqualTo(Wake.HALTED);
        assertThat(Wake.of(5, 400_000, 1 << 20)).isEqualTo(Wake.CHEAP);
    }

    @Test
    void roundsOfEachKindAreCounted() {
        Measured spun = Measured.parse("rtt:32 p50=500 sleeps=0");
        Measured slept = Measured.parse("rtt:32 p50=50000 sleeps=1");
        assertThat(Wake.summary(List.of(slept, spun, slept))).isEqualTo("spinning:1,halted:2");
    }
}
