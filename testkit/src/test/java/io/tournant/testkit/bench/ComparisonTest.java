package io.tournant.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.testkit.bench.Comparison.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void aCostThatIsHalfThePeersIsTwiceAsGood() {
        assertThat(new Comparison(List.of(50.0), List.of(100.0), true).ratio()).isEqualTo(new Range(2, 2, 2));
    }

    @Test
    void aRateThatIsHalfThePeersIsHalfAsGood() {
        assertThat(new Comparison(List.of(50.0), List.of(100.0), false).ratio()).isEqualTo(new Range(0.5, 0.5, 0.5));
    }

    @Test
    void roundsAreComparedBeforeTheyAreSummedUp() {
        // The machine was twice as slow in the second round, for both.
        Comparison compared = new Comparison(List.of(10.0, 20.0, 10.0), List.of(20.0, 40.0, 30.0), true);
        assertThat(compared.ratio()).isEqualTo(new Range(2, 2, 3));
        assertThat(compared.extra()).isEqualTo(new Range(-20, -20, -10));
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
        assertThat(Range.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Range(1, 3, 100));
    }

    @Test
    void aRoundWithoutOneOfTheTwoIsRefused() {
        assertThatThrownBy(() -> new Comparison(List.of(1.0, 2.0), List.of(1.0), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ours=2 peer=1");
    }
}
