package io.tournant.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RetryPolicy defaults = RetryPolicy.ofDefaults();

    @Test
    void pausesGrowUpToTheLongest() {
        RetryPolicy policy =
                defaults.pause(SECOND, SECOND.multipliedBy(5)).factor(2).jitter(0);
        assertThat(policy.pauseAfter(1)).hasSeconds(1);
        assertThat(policy.pauseAfter(2)).hasSeconds(2);
        assertThat(policy.pauseAfter(3)).hasSeconds(4);
        assertThat(policy.pauseAfter(4)).hasSeconds(5);
        assertThat(policy.pauseAfter(10_000)).hasSeconds(5);
    }

    @Test
    void theRandomShareIsTakenOff() {
        RetryPolicy policy = defaults.pause(SECOND, SECOND).jitter(0.25);
        assertThat(java.util.stream.IntStream.range(0, 1000).mapToObj(i -> policy.pauseAfter(1)))
                .allMatch(pause -> pause.compareTo(Duration.ofMillis(750)) >= 0 && pause.compareTo(SECOND) <= 0)
                .anyMatch(pause -> pause.compareTo(Duration.ofMillis(800)) < 0)
                .anyMatch(pause -> pause.compareTo(Duration.ofMillis(950)) > 0);
    }

    @Test
    void thereMayBeNoPause() {
        assertThat(defaults.pause(Duration.ZERO, Duration.ZERO).pauseAfter(3)).isZero();
    }

    @Test
    void theLongestDurationIsNoProblem() {
        RetryPolicy policy =
                defaults.pause(SECOND, Duration.ofSeconds(Long.MAX_VALUE)).jitter(0);
        assertThat(policy.pauseAfter(Integer.MAX_VALUE)).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void exceptionsAreTriedAgainAndErrorsAreNot() {
        assertThat(defaults.when().test(new IOException())).isTrue();
        assertThat(defaults.when().test(new OutOfMemoryError())).isFalse();
        assertThat(defaults.when(e -> e instanceof IOException).when().test(new IllegalStateException()))
                .isFalse();
    }

    @Test
    void noneMeansOneAttempt() {
        assertThat(RetryPolicy.none().maxAttempts()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void aValueOutOfRangeIsNamed() {
        assertRefused(() -> defaults.maxAttempts(0), "maxAttempts=0");
        assertRefused(() -> defaults.pause(Duration.ofNanos(-1), SECOND), "firstPause=PT-0.000000001S");
        assertRefused(() -> defaults.pause(SECOND, Duration.ZERO), "maxPause=PT0S");
        assertRefused(() -> defaults.factor(0.5), "factor=0.5");
        assertRefused(() -> defaults.factor(Double.NaN), "factor=NaN");
        assertRefused(() -> defaults.jitter(1.5), "jitter=1.5");
        assertThatNullPointerException().isThrownBy(() -> defaults.when(null));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String named) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(named);
    }
}
