package io.tournant.core.executor;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tournant.core.CircuitPolicy;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.WorkerCrashedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every arrow in the comment of {@link Circuit}, by a clock of the test's own. */
class CircuitTest {

    private static final CircuitPolicy POLICY = new CircuitPolicy(2, Duration.ofSeconds(10), Duration.ofSeconds(1));

    private long now = -5; // as nanoTime may be
    private final Circuit circuit = new Circuit("test", POLICY, () -> now);

    private static WorkerCrashedException crash(int number) {
        return new WorkerCrashedException(
                "crash " + number, new WorkerCrashedException.Crash.Exited(number), 1, Duration.ZERO, "");
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void lose(int times) {
        for (int i = 1; i <= times; i++) {
            circuit.lost(crash(i));
        }
    }

    private void assertOpen(String lastCrash) {
        assertThatExceptionOfType(RejectedTaskException.class)
                .isThrownBy(circuit::admit)
                .withMessageContaining("executor=test")
                .withMessageContaining("losses=2")
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.reason())
                        .isEqualTo(RejectedTaskException.Reason.CIRCUIT_OPEN))
                .havingCause()
                .withMessage(lastCrash);
    }

    private void assertAdmitted() {
        assertThatNoException().isThrownBy(circuit::admit);
    }

    @Test
    void asManyLossesAsAllowedLeaveItClosed() {
        lose(2);
        assertAdmitted();
    }

    @Test
    void oneMoreOpensItWithTheLastCrash() {
        lose(3);
        assertOpen("crash 3");
    }

    @Test
    void lossesLongAgoDoNotCount() {
        lose(2);
        pass(Duration.ofSeconds(11));
        lose(2);
        assertAdmitted();
    }

    @Test
    void aTaskThatFinishesBetweenThemStartsTheCountAgain() {
        lose(2);
        circuit.finished();
        lose(2);
        assertAdmitted();
    }

    @Test
    void afterThePauseOneTaskIsLetThrough() {
        lose(3);
        pass(Duration.ofSeconds(1));
        assertAdmitted();
        assertOpen("crash 3");
    }

    @Test
    void theProbeThatFinishesClosesIt() {
        lose(3);
        pass(Duration.ofSeconds(1));
        assertAdmitted();
        circuit.finished();
        assertAdmitted();
        assertAdmitted();
    }

    @Test
    void theProbeThatIsLostBeginsAnotherPause() {
        lose(3);
        pass(Duration.ofSeconds(1));
        assertAdmitted();
        circuit.lost(crash(4));
        pass(Duration.ofMillis(999));
        assertOpen("crash 4");
        pass(Duration.ofMillis(1));
        assertAdmitted();
    }

    @Test
    void aProbeThatNeverEndsIsFollowedByAnother() {
        lose(3);
        pass(Duration.ofSeconds(1));
        assertAdmitted();
        pass(Duration.ofSeconds(1));
        assertAdmitted();
        assertOpen("crash 3");
    }
}
