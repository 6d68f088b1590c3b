package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.testkit.DefectiveChannel.Flaw;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of channels has been seen to fail: each defect is caught by the tests named, which pass without it. */
class ChannelDefectsTest {

    private static final String PATIENCE = "tournant.contract.patience";

    static Stream<Arguments> flaws() {
        return Stream.of(messages(), waiting(), ends()).flatMap(some -> some);
    }

    private static Stream<Arguments> messages() {
        return Stream.of(
                caught(
                        Flaw.DROPS_A_MESSAGE,
                        "messagesArriveInOrderInBothDirections",
                        "theMessagesOfManySendersArriveWholeAndOnce"),
                caught(
                        Flaw.REORDERS,
                        "messagesArriveInOrderInBothDirections",
                        "whatIsSentLaterByAnotherThreadArrivesLater"),
                caught(
                        Flaw.DELIVERS_TWICE,
                        "messagesArriveInOrderInBothDirections",
                        "theMessagesOfManySendersArriveWholeAndOnce"),
                caught(
                        Flaw.TEARS_LONG_MESSAGES,
                        "messagesOfAnyLengthArriveWhole",
                        "aMessageOfTheGreatestLengthArrives",
                        "whoTriesToReceiveNeverGetsAPart"),
                caught(
                        Flaw.SCRIBBLES_ON_PAYLOADS,
                        "aPayloadMayLieOffTheHeap",
                        "aPayloadMayBeAPartOfABuffer",
                        "aMessageMayBeSentAgain"),
                caught(Flaw.REUSES_ITS_BUFFER, "aReceivedMessageIsItsReceiversOwn"),
                caught(
                        Flaw.TAKES_KINDS_FOR_SIGNED,
                        "aMessageArrivesWithItsKindItsCorrelationIdAndItsPayload",
                        "everyKindArrives"),
                caught(Flaw.SHORTENS_IDS, "everyCorrelationIdArrives"),
                caught(Flaw.REFUSES_THE_LONGEST, "aMessageOfTheGreatestLengthArrives"));
    }

    private static Stream<Arguments> waiting() {
        return Stream.of(
                caught(Flaw.IS_UNBOUNDED, "whatNobodyReceivesIsBounded", "longMessagesThatNobodyReceivesAreBounded"),
                caught(Flaw.WAITS_IN_TRY_SEND, "whoTriesToSendDoesNotWait"),
                caught(Flaw.WAITS_WITHOUT_TIME, "aReceiverWithoutTimeDoesNotWait"),
                caught(Flaw.SENDS_OR_RECEIVES, "aSideSendsWhileItWaitsToReceive"),
                caught(Flaw.SPINS, "blockedVirtualReceiversLeaveTheirCarriers"),
                caught(
                        Flaw.TAKES_AN_INTERRUPT_FOR_A_CLOSE,
                        "anInterruptEndsTheWaitOfAReceiver",
                        "anInterruptEndsTheWaitOfAVirtualReceiver",
                        "anInterruptEndsTheWaitOfASender"),
                caught(
                        Flaw.SWALLOWS_INTERRUPTS,
                        "anInterruptEndsTheWaitOfAReceiver",
                        "anInterruptOnEntryIsNoticedWhereWaitingIsPossible"),
                caught(
                        Flaw.FORGETS_INTERRUPTS,
                        "anInterruptedSenderHasSentAllOfItsMessageOrNothing",
                        "whoTriesToSendDoesNotNoticeAnInterrupt"));
    }

    private static Stream<Arguments> ends() {
        return Stream.of(
                caught(Flaw.ENDS_BOTH_DIRECTIONS, "theOtherDirectionGoesOnAfterAnEnd", "bothOutputsMayEnd"),
                caught(Flaw.TELLS_THE_END_ONCE, "theEndIsReceivedByEveryWayToReceiveForEver"),
                caught(Flaw.TAKES_AN_END_FOR_A_CLOSE, "theOtherDirectionGoesOnAfterAnEnd"),
                caught(
                        Flaw.TAKES_A_CLOSE_FOR_DEATH,
                        "thePeerReceivesWhatWasSentBeforeAClose",
                        "aCloseOfThePeerWakesReceivers"),
                caught(
                        Flaw.CLOSES_TOO_SOON,
                        "aCloseLosesNothingOfAFullChannel",
                        "aCloseOfThePeerIsNotSeenBeforeWhatItSentIsReceived"),
                caught(Flaw.WAITS_IN_CLOSE, "aCloseDoesNotWaitForRoom"),
                caught(Flaw.CALLS_BACK_TWICE, "callbacksAreToldTheReasonOfTheirSideOnce"),
                caught(Flaw.FORGETS_LATE_CALLBACKS, "callbacksThatComeLateAreCalledAtOnce"),
                caught(Flaw.LETS_CALLBACKS_THROW, "callbacksThatThrowDisturbNobody"),
                caught(Flaw.CALLS_BACK_UNDER_A_LOCK, "callbacksMayUseTheChannel"));
    }

    private static Arguments caught(Flaw flaw, String... tests) {
        return Arguments.of(flaw, Set.of(tests));
    }

    @AfterEach
    void restore() {
        System.clearProperty(PATIENCE);
        DefectiveChannelContract.flaw = Flaw.NONE;
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void aDefectIsCaughtByTheTestsOfThePromiseItBreaks(Flaw flaw, Set<String> tests) {
        assertThat(ContractRun.failures(DefectiveChannelContract.class, tests)).isEmpty();
        System.setProperty(PATIENCE, "PT1S");
        DefectiveChannelContract.flaw = flaw;
        assertThat(ContractRun.failures(DefectiveChannelContract.class, tests))
                .containsExactlyInAnyOrderElementsOf(tests);
    }

    @Test
    void noDefectIsForgotten() {
        Set<Object> named = new HashSet<>(flaws().map(each -> each.get()[0]).toList());
        named.add(Flaw.NONE);
        assertThat(named).containsExactlyInAnyOrder((Object[]) Flaw.values());
    }
}
