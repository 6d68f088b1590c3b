package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract has been seen to fail: each defect is caught by the tests named, which pass without it. */
class SeededDefectsTest {

    private static final String PATIENCE = "tournant.contract.patience";

    static Stream<Arguments> defectsOfTheSpi() {
        return Stream.of(
                Arguments.of(Defect.DROPS_A_RUN, Set.of("everyRunEndsOnce")),
                Arguments.of(Defect.HIDES_FAILURES, Set.of("aRunBeginsAndFails")),
                Arguments.of(Defect.DROPS_RETRIES, Set.of("anEndedRunIsTakenAgain", "theAttemptIsSentAlong")),
                Arguments.of(Defect.FORGETS_THE_ATTEMPT, Set.of("theAttemptIsSentAlong")),
                Arguments.of(Defect.DROPS_PROGRESS, Set.of("progressIsPassedOn")),
                Arguments.of(Defect.REFUSES_LATE, Set.of("aRefusedRunIsLeftAlone")),
                Arguments.of(Defect.HIDES_WHAT_RUNS, Set.of("whatRunsIsShown", "whatBeginsIsShown")),
                Arguments.of(Defect.KEEPS_ITS_QUEUE, Set.of("whatWaitsIsRemoved")),
                Arguments.of(Defect.BEGINS_ON_ARRIVAL, Set.of("whatWaitsIsRemoved", "whatBeginsIsShown")),
                Arguments.of(
                        Defect.IGNORES_CANCELLATION,
                        Set.of("interruptionReachesTheCode", "cooperationIsLeftToTheCode")),
                Arguments.of(Defect.NEVER_KILLS, Set.of("whatIgnoresInterruptionIsEnded")),
                Arguments.of(Defect.CALLS_A_CRASH_A_FAILURE, Set.of("aCrashIsReported")),
                Arguments.of(Defect.RUNS_AGAIN_AFTER_A_CRASH, Set.of("aCrashIsReported")));
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                Arguments.of(Defect.DROPS_A_RUN, Set.of("everyTaskRunsOnce", "statisticsAddUp")),
                Arguments.of(Defect.RUNS_TWICE, Set.of("everyTaskRunsOnce")),
                Arguments.of(
                        Defect.IGNORES_CANCELLATION,
                        Set.of(
                                "cancelWithInterruptionInterruptsTheTask",
                                "theTaskSeesThatItIsCancelled",
                                "aTaskPastItsTimeoutIsTimedOut",
                                "shutdownNowCancelsWhatRuns",
                                "interruptedCloseCancelsAndKeepsTheFlag")),
                Arguments.of(Defect.HIDES_FAILURES, Set.of("uncheckedExceptionIsTheCause", "aFailedTaskSaysSo")),
                Arguments.of(Defect.KEEPS_ITS_QUEUE, Set.of("shutdownNowReturnsWhatNeverStarted")),
                Arguments.of(Defect.REPORTS_THE_END_EARLY, Set.of("aRunningTaskIsCancelledAtOnceAndGoneLater")),
                Arguments.of(
                        Defect.REFUSES_LATE, Set.of("aCaptureThatCannotBeSentIsRefused", "aPlainRunnableIsRefused")),
                Arguments.of(
                        Defect.NEVER_KILLS,
                        Set.of("workThatIgnoresItsTimeoutIsEnded", "workThatIgnoresItsCancellationIsEnded")),
                Arguments.of(Defect.CALLS_A_CRASH_A_FAILURE, Set.of("haltCostsTheTaskOnly", "killCostsTheTaskOnly")),
                Arguments.of(
                        Defect.RUNS_AGAIN_AFTER_A_CRASH,
                        Set.of("haltCostsTheTaskOnly", "aCrashCostsExactlyTheRunningTask")),
                Arguments.of(Defect.LOSES_ITS_QUEUE_IN_A_CRASH, Set.of("aCrashCostsExactlyTheRunningTask")),
                Arguments.of(Defect.DROPS_PROGRESS, Set.of("theLastProgressStays", "progressIsShownWhileTheTaskRuns")),
                Arguments.of(Defect.BEGINS_ON_ARRIVAL, Set.of("phasesFollowEachOther")),
                Arguments.of(
                        Defect.HIDES_WHAT_RUNS, Set.of("shutdownNowCancelsWhatRuns", "statisticsShowWhatRunsAndWaits")),
                // retries: the executor decides, but the backend must take a run again, and send its number along
                Arguments.of(
                        Defect.DROPS_RETRIES, Set.of("aTaskThatThrewIsRunAgain", "aLostTaskIsRetriedIfItIsIdempotent")),
                Arguments.of(Defect.FORGETS_THE_ATTEMPT, Set.of("aTaskThatThrewIsRunAgain", "executeIsRetried")),
                // crashes: a backend that does not say that it lost a task takes retries, quarantine and circuit with
                // it
                Arguments.of(
                        Defect.CALLS_A_CRASH_A_FAILURE,
                        Set.of(
                                "aLostTaskIsNotRetriedWithoutIdempotence",
                                "aTaskThatKilledTwoWorkersIsInQuarantine",
                                "theCircuitOpens",
                                "listenersAreToldOfLosses")),
                // admission: the line is the executor's; the backend can only misstate where it begins, or refuse too
                // late
                Arguments.of(Defect.OVERSTATES_ITS_ROOM, Set.of("prioritiesHoldAtTheBackendsOwnLimit")),
                Arguments.of(Defect.REFUSES_LATE, Set.of("whatCannotBeSentIsRefusedBeforeItWaits")),
                // observation: the executor counts what the backend reports; context: its code travels inside the task
                Arguments.of(Defect.BEGINS_ON_ARRIVAL, Set.of("timestampsAreTakenOnRequestOnly")),
                Arguments.of(Defect.REPLACES_ITS_WORKERS, Set.of("aWorkerKeepsItsState")),
                Arguments.of(
                        Defect.HIDES_FAILURES, Set.of("contextThatThrowsIsNotIgnored", "dependentsOfAFailureFail")),
                Arguments.of(Defect.IGNORES_CANCELLATION, Set.of("oneOfManyCancellersIsTheOne")));
        // Nested submission and abandonment are promised by backends that share memory, which hand every run to the
        // executor's own code: there is nothing left for them to break but what BackendContract asks of them.
    }

    @AfterEach
    void restore() {
        System.clearProperty(PATIENCE);
        SeededContract.defect = Defect.NONE;
    }

    @ParameterizedTest
    @MethodSource("defects")
    void aDefectIsCaughtByTheTestsOfThePromiseItBreaks(Defect defect, Set<String> tests) {
        assertCaught(SeededContract.class, defect, tests);
    }

    @ParameterizedTest
    @MethodSource("defectsOfTheSpi")
    void aDefectIsCaughtByTheTestsOfTheSpi(Defect defect, Set<String> tests) {
        assertCaught(SeededBackendContract.class, defect, tests);
    }

    private static void assertCaught(Class<?> contract, Defect defect, Set<String> tests) {
        assertThat(failuresWith(contract, Defect.NONE, tests)).isEmpty();
        System.setProperty(PATIENCE, "PT1S");
        assertThat(failuresWith(contract, defect, tests)).containsExactlyInAnyOrderElementsOf(tests);
    }

    private static Set<String> failuresWith(Class<?> contract, Defect defect, Set<String> tests) {
        SeededContract.defect = defect;
        return ContractRun.failures(contract, tests);
    }
}
