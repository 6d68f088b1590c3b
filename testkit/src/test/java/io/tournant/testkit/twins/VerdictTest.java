package io.tournant.testkit.twins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A forbidden outcome counts as caught, and nothing else does. */
class VerdictTest {
    private static final String COUNTS = "(Results: 14 planned; 9 passed, 2 failed, 0 soft errs, 3 hard errs)\n";
    private static final String FORBIDDEN = """
            Exception in thread "main" java.lang.AssertionError: TEST FAILURES:\s
            box.BoxStress []: Observed forbidden state: 1, -1 (Both.)
            box.BoxStress [-XX:+StressLCM]: Observed forbidden state: 0, 0 (None (of them).)
            box.BoxStress []: Observed forbidden state: 0, 0 (None (of them).)
            """;

    @Test
    void theMostFrequentForbiddenOutcomeIsTold() {
        assertThat(Verdict.of("box.BoxStress", 1, COUNTS + FORBIDDEN)).isEqualTo(new Verdict(true, 2, 14, "0, 0"));
    }

    @Test
    void theLastCountsAreTold() {
        String earlier = COUNTS.replace("2 failed", "1 failed");
        assertThat(Verdict.of("box.BoxStress", 1, earlier + COUNTS + FORBIDDEN).failed())
                .isEqualTo(2);
    }

    @Test
    void whatIsNotForbiddenIsNotCaught() {
        assertThat(Verdict.of("box.BoxStress", 0, "FATAL: No matching tests.").caught())
                .isFalse();
        assertThat(Verdict.of("box.BoxStress", 1, COUNTS).caught()).isFalse();
        assertThat(Verdict.of("box.LidStress", 1, COUNTS + FORBIDDEN).caught()).isFalse();
        assertThat(Verdict.of("box.BoxStress", 137, COUNTS + FORBIDDEN).caught())
                .isFalse();
        assertThat(Verdict.of("box.BoxStress", 1, FORBIDDEN).caught()).isFalse();
    }
}
