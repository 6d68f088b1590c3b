package io.tournant.ipc;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the targets of profile fuzz begin with, and everything that is one bit or one cut away from it. */
class FuzzCorpusTest {

    static List<FuzzTarget> targets() {
        return FuzzTarget.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noInputOfTheCorpusIsTakenWrongly(FuzzTarget target) throws Exception {
        for (byte[] seed : target.seeds()) {
            target.execution().on(seed);
            for (int length = 0; length < seed.length; length++) {
                target.execution().on(Arrays.copyOf(seed, length));
            }
            for (int bit = 0; bit < 8 * seed.length; bit++) {
                byte[] flipped = seed.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                target.execution().on(flipped);
            }
        }
    }
}
