package io.tournant.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchLineTest {

    private static final Comparison COST =
            new Comparison(List.of(400.0, 431.0, 500.0), List.of(344.0, 344.0, 410.0), true);

    /** Carries figures, since an annotation is made by the compiler only. */
    @BenchmarkCase(
            suite = "core",
            name = "batch",
            figures = {
                @Figure(Quantity.SCORE),
                @Figure(value = Quantity.SCORE, floor = 0.75, goal = 1),
                @Figure(value = Quantity.BYTES, limit = Figure.Limit.EXTRA, floor = 150)
            })
    private static final class Declared {}

    private static String line(int figure) {
        Figure declared = Declared.class.getAnnotation(BenchmarkCase.class).figures()[figure];
        return BenchLine.of("core.batch", "raw", figure == 2 ? "B" : "ns", COST, Limits.of(declared), "")
                .toString();
    }

    @Test
    void statesNoLimitWhereTheCaseHasNone() {
        assertThat(line(0)).isEqualTo("BENCH core.batch ours=431ns raw=344ns ratio=0.82 spread=0.80-0.86");
    }

    @Test
    void limitsOfTheRatioHaveNoUnit() {
        assertThat(line(1)).endsWith(" spread=0.80-0.86 floor=0.75 goal=1.00");
    }

    @Test
    void limitsOfTheDifferenceComeWithIt() {
        assertThat(line(2))
                .isEqualTo("BENCH core.batch ours=431B raw=344B ratio=0.82 spread=0.80-0.86 floor=150B"
                        + " extra=87B extra-spread=56..90");
    }
}
