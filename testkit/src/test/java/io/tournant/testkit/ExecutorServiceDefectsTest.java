package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.testkit.DefectiveExecutor.Flaw;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of any executor has been seen to fail: each defect is caught by the tests named, which pass without it. */
class ExecutorServiceDefectsTest {

    private static final String PATIENCE = "tournant.contract.patience";

    static Stream<Arguments> flaws() {
        return Stream.of(
                Arguments.of(Flaw.DROPS_A_COMMAND, Set.of("everyCommandRunsOnce", "submissionHappensBeforeTheRun")),
                Arguments.of(Flaw.RUNS_TWICE, Set.of("everyCommandRunsOnce", "submitAgainstShutdownLosesNothing")),
                Arguments.of(Flaw.TAKES_NULL, Set.of("executeRefusesNull")),
                Arguments.of(Flaw.TAKES_WHAT_COMES_LATE, Set.of("shutdownLetsAcceptedTasksFinish")),
                Arguments.of(Flaw.KEEPS_ITS_QUEUE, Set.of("shutdownNowReturnsWhatNeverStarted")),
                Arguments.of(
                        Flaw.NEVER_INTERRUPTS,
                        Set.of(
                                "cancelInterruptsWhatRuns",
                                "invokeAnyCancelsTheOthers",
                                "interruptedInvokeAllCancelsWhatHasNotCompleted",
                                "shutdownNowInterruptsWhatRuns")),
                Arguments.of(Flaw.ALWAYS_INTERRUPTS, Set.of("cancelWithoutInterruptionLetsATaskComplete")),
                Arguments.of(Flaw.IGNORES_CANCELLATION, Set.of("aTaskCancelledBeforeItStartsNeverRuns")),
                Arguments.of(Flaw.WRAPS_FAILURES, Set.of("whatATaskThrowsIsTheCause", "invokeAnyWithoutAValueThrows")),
                Arguments.of(Flaw.CLOSES_AT_ONCE, Set.of("closeWaits", "interruptedCloseStopsAndKeepsTheFlag")),
                Arguments.of(
                        Flaw.SPEAKS_TOO_SOON,
                        Set.of("shutdownLetsAcceptedTasksFinish", "terminatedFollowsTheLastTask")));
    }

    @AfterEach
    void restore() {
        System.clearProperty(PATIENCE);
        DefectiveExecutorContract.flaw = Flaw.NONE;
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void aDefectIsCaughtByTheTestsOfThePromiseItBreaks(Flaw flaw, Set<String> tests) {
        assertThat(ContractRun.failures(DefectiveExecutorContract.class, tests)).isEmpty();
        System.setProperty(PATIENCE, "PT1S");
        DefectiveExecutorContract.flaw = flaw;
        assertThat(ContractRun.failures(DefectiveExecutorContract.class, tests))
                .containsExactlyInAnyOrderElementsOf(tests);
    }
}
