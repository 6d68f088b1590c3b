package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.pool.PoolState.Phase;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PoolStateTest {

    /** Every phase with every transition, against the arrows drawn in {@link PoolState}. */
    @ParameterizedTest
    @CsvSource({
        "RUNNING,    toShutdown, SHUTDOWN,   true",
        "RUNNING,    toStop,     STOP,       true",
        "RUNNING,    admitLate,  RUNNING,    false",
        "RUNNING,    enter,      RUNNING,    true",
        "SHUTDOWN,   toShutdown, SHUTDOWN,   false",
        "SHUTDOWN,   toStop,     STOP,       true",
        "SHUTDOWN,   admitLate,  SHUTDOWN,   true",
        "SHUTDOWN,   enter,      SHUTDOWN,   true",
        "SHUTDOWN,   tryLeave,   TERMINATED, true",
        "STOP,       toShutdown, STOP,       false",
        "STOP,       toStop,     STOP,       false",
        "STOP,       admitLate,  STOP,       false",
        "STOP,       enter,      STOP,       true",
        "STOP,       tryLeave,   TERMINATED, true",
        "TERMINATED, toShutdown, TERMINATED, false",
        "TERMINATED, toStop,     TERMINATED, false",
        "TERMINATED, admitLate,  TERMINATED, false",
        "TERMINATED, enter,      TERMINATED, false",
    })
    void everyTransitionAgreesWithItsArrow(Phase from, String transition, Phase to, boolean result) {
        PoolState state = inPhase(from);

        boolean actual =
                switch (transition) {
                    case "toShutdown" -> state.toShutdown();
                    case "toStop" -> state.toStop();
                    case "admitLate" -> state.admitLate();
                    case "enter" -> state.enter();
                    case "tryLeave" -> state.tryLeave(state.look());
                    default -> throw new IllegalArgumentException(transition);
                };

        assertThat(actual).isEqualTo(result);
        assertThat(state.phase()).isEqualTo(to);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theQuestionsAgreeWithThePhase(Phase phase) throws InterruptedException {
        PoolState state = inPhase(phase);

        assertThat(state.isRunning()).isEqualTo(phase == Phase.RUNNING);
        assertThat(state.isStopping()).isEqualTo(phase == Phase.STOP || phase == Phase.TERMINATED);
        assertThat(state.awaitTermination(0, TimeUnit.SECONDS)).isEqualTo(phase == Phase.TERMINATED);
    }

    @Test
    void onlyTheLastWorkerThatLeavesTerminates() {
        PoolState state = new PoolState();
        state.enter();
        state.enter();
        state.toShutdown();

        assertThat(state.tryLeave(state.look())).isTrue();
        assertThat(state.phase()).isEqualTo(Phase.SHUTDOWN);
        assertThat(state.tryLeave(state.look())).isTrue();
        assertThat(state.phase()).isEqualTo(Phase.TERMINATED);
    }

    @Test
    void aWorkerMustLookAgainAfterALateAdmission() {
        PoolState state = inPhase(Phase.SHUTDOWN);
        long seen = state.look();

        assertThat(state.admitLate()).isTrue();

        assertThat(state.tryLeave(seen)).isFalse();
        assertThat(state.tryLeave(state.look())).isTrue();
    }

    @Test
    void aWorkerMustLookAgainAfterAnotherHasEnteredOrThePhaseHasChanged() {
        PoolState state = inPhase(Phase.SHUTDOWN);
        long seen = state.look();
        state.enter();
        assertThat(state.tryLeave(seen)).isFalse();

        seen = state.look();
        state.toStop();
        assertThat(state.tryLeave(seen)).isFalse();
    }

    private static PoolState inPhase(Phase phase) {
        PoolState state = new PoolState();
        state.enter();
        switch (phase) {
            case RUNNING -> {}
            case SHUTDOWN -> state.toShutdown();
            case STOP -> state.toStop();
            case TERMINATED -> {
                state.toShutdown();
                assertThat(state.tryLeave(state.look())).isTrue();
            }
        }
        return state;
    }
}
