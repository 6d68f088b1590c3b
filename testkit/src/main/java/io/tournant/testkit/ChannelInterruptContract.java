package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.ipc.Channel;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an interrupt does to a {@link Channel}: it ends the wait of the thread that it is meant for, and nothing else. */
public abstract class ChannelInterruptContract extends ChannelWaitContract {

    /** For subclasses. */
    protected ChannelInterruptContract() {}

    // ------------------------------------------------------------------ while waiting

    @Test
    @DisplayName("Channel: \"Interrupting a thread that waits [...] ends that wait and nothing else\": a receiver")
    void anInterruptEndsTheWaitOfAReceiver() throws Exception {
        assertInterruptEndsOnlyTheWait(right(), Caller.platform(() -> right().receive()));
        assertInterruptEndsOnlyTheWait(right(), Caller.platform(() -> right().receive(Poll.patience())));
        assertInterruptEndsOnlyTheWait(right(), Caller.platform(() -> right().receive(HUGE)));
        assertWorks();
    }

    @Test
    @DisplayName(
            "Channel: \"Interrupting a thread that waits [...] ends that wait and nothing else\": a virtual receiver")
    void anInterruptEndsTheWaitOfAVirtualReceiver() throws Exception {
        assertInterruptEndsOnlyTheWait(right(), Caller.virtual(() -> right().receive()));
        assertInterruptEndsOnlyTheWait(right(), Caller.virtual(() -> right().receive(Poll.patience())));
        assertWorks();
    }

    @Test
    @DisplayName("Channel: \"Interrupting a thread that waits [...] ends that wait and nothing else\": a sender")
    void anInterruptEndsTheWaitOfASender() throws Exception {
        int sent = fill();
        Message unsent = filling(sent);
        assertInterruptEndsOnlyTheWait(left(), Caller.run(() -> left().send(unsent)));
        assertInterruptEndsOnlyTheWait(left(), Caller.platform(() -> left().send(unsent, Poll.patience())));
        assertInterruptEndsOnlyTheWait(left(), Caller.platform(() -> left().send(unsent, HUGE)));
        assertNothingMoreArrivesThan(sent);
    }

    @Test
    @DisplayName(
            "Channel: \"Interrupting a thread that waits [...] ends that wait and nothing else\": a virtual sender")
    void anInterruptEndsTheWaitOfAVirtualSender() throws Exception {
        int sent = fill();
        assertInterruptEndsOnlyTheWait(left(), Caller.virtual(() -> left().send(filling(sent), Poll.patience())));
        assertInterruptEndsOnlyTheWait(left(), Caller.virtual(() -> left().send(filling(sent), HUGE)));
        assertNothingMoreArrivesThan(sent);
    }

    private static void assertInterruptEndsOnlyTheWait(Channel channel, Caller<?> caller) throws Exception {
        caller.inside(channel).interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(caller::result);
        assertThat(channel.isOpen()).isTrue();
    }

    private void assertNothingMoreArrivesThan(int sent) throws Exception {
        assertReceivesFilling(sent);
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
        assertWorks();
    }

    @Test
    @DisplayName("Channel.closeOutput: \"if interrupted on entry or while waiting; the output is still open\"")
    void anInterruptEndsTheWaitToEndTheOutput() throws Exception {
        int sent = fill();
        Caller<Boolean> ending = Caller.run(() -> left().closeOutput()).inside(left());
        ending.interrupt();
        if (isInterrupted(ending)) {
            assertNothingMoreArrivesThan(sent);
        } else { // the end needed no room
            assertReceivesFilling(sent);
            assertReceivesEnd(right());
        }
    }

    private static boolean isInterrupted(Caller<?> caller) throws Exception {
        try {
            caller.result();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Test
    @DisplayName("Channel: an interrupt that ends the wait of one leaves the others in line, who get their turn")
    void anInterruptLeavesTheOthersInLine() throws Exception {
        int sent = fill();
        Caller<Boolean> first = sending(left(), List.of(filling(sent))).inside(left());
        Caller<Boolean> second = sending(left(), List.of(filling(sent))).inside(left());
        Caller<Received> firstReceiver = Caller.platform(() -> left().receive()).inside(left());
        Caller<Received> secondReceiver =
                Caller.platform(() -> left().receive()).inside(left());
        first.interrupt();
        firstReceiver.interrupt();
        assertThat(isInterrupted(first)).isTrue();
        assertThat(isInterrupted(firstReceiver)).isTrue();
        assertReceivesFilling(sent + 1);
        assertThat(second.result()).isTrue();
        right().send(Message.of(3, 4));
        assertThat(secondReceiver.result()).isEqualTo(Message.of(3, 4));
    }

    // ------------------------------------------------------------------ half out, half in

    @Test
    @DisplayName(
            "Channel.send: \"interrupted when the first byte is already out, the message is sent all the same\", and "
                    + "the method \"returns normally with the interrupt status set\"; else \"nothing was sent\"")
    void anInterruptedSenderHasSentAllOfItsMessageOrNothing() throws Exception {
        boolean halfOut = false;
        for (int i = 0; i < 10 && !halfOut; i++) {
            halfOut = interruptsASenderThatIsHalfOut();
        }
    }

    /** Returns whether the message was half out, as it should be; what came of it is checked in either case. */
    private boolean interruptsASenderThatIsHalfOut() throws Exception {
        byte[] payload = bytes(longest());
        AtomicBoolean isOut = new AtomicBoolean();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Caller<Boolean> sender = Caller.platform(() -> {
            left().send(Message.of(1, longest(), payload));
            isOut.set(true);
            interrupted.join(); // where nobody had to wait, the interrupt comes now
            return Thread.interrupted();
        });
        sender.inside(left(), () -> isOut.get() || sender.isDone());
        int more = isOut.get() ? 0 : fill(); // none, if it is
        sender.interrupt();
        interrupted.complete(true);
        List<Message> expected =
                new ArrayList<>(IntStream.range(0, more).mapToObj(this::filling).toList());
        if (!isInterrupted(sender)) {
            assertThat(sender.result()).as("the interrupt is remembered").isTrue();
            Arrays.fill(payload, (byte) 0);
            expected.add(wide());
        }
        List<Message> received = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            received.add(nextMessage(right()));
        }
        assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
        assertWorks();
        return more == 0;
    }

    @Test
    @DisplayName(
            "Channel.receive: \"if interrupted on entry or while waiting; nothing was lost\": of a message half in")
    void anInterruptedReceiverLosesNothingOfAMessageThatIsHalfIn() throws Exception {
        Message next = ofLength(longest() - 1);
        assertThat(left().trySend(wide())).isTrue();
        Caller<Boolean> sender = sending(left(), List.of(next));
        List<Received> received = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Caller<Received> receiver = Caller.platform(() -> right().receive());
            receiver.interrupt();
            if (!isInterrupted(receiver)) {
                received.add(receiver.result());
            }
        }
        while (received.size() < 2) {
            received.add(nextMessage(right()));
        }
        assertThat(received).isEqualTo(List.of(wide(), next));
        assertThat(sender.result()).isTrue();
    }

    @Test
    @DisplayName("Channel: an interrupt leaves a channel on which \"no message is torn or lost\", however many come")
    void messagesPassWholeAmidInterrupts() throws Exception {
        int count = 200;
        Caller<List<Message>> sender = Caller.platform(() -> {
            List<Message> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (sends(Message.of(1, i, bytes(i * 331 % longest())))) {
                    sent.add(Message.of(1, i, bytes(i * 331 % longest())));
                }
            }
            while (!sends(Message.of(2, 0))) {} // the last interrupt may come this late
            return sent;
        });
        List<Message> received = new ArrayList<>();
        for (Message message = nextMessage(right()); message.kind() == 1; message = nextMessage(right())) {
            received.add(message);
            if (message.correlationId() < count - 20) {
                sender.interrupt();
            }
        }
        assertThat(received).isEqualTo(sender.result());
    }

    /** Sends in spite of interrupts, or tells that it did not. */
    private boolean sends(Message message) throws Exception {
        try {
            left().send(message);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    // ------------------------------------------------------------------ on entry

    @Test
    @DisplayName(
            "Channel.send, receive, closeOutput: InterruptedException \"if interrupted on entry\", whatever there is")
    void anInterruptOnEntryIsNoticedWhereWaitingIsPossible() throws Exception {
        right().send(Message.of(1, 2));
        Message unsent = Message.of(8, 8);
        List<Callable<?>> calls = List.of(
                () -> left().receive(),
                () -> left().receive(Poll.patience()),
                () -> left().send(unsent, Poll.patience()),
                () -> {
                    left().send(unsent);
                    return true;
                },
                () -> {
                    left().closeOutput();
                    return true;
                });
        for (Callable<?> call : calls) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(call::call);
            assertThat(Thread.interrupted()).as("the interrupt is told once").isFalse();
        }
        assertReceives(left(), Message.of(1, 2));
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
        assertWorks();
    }

    @Test
    @DisplayName("Channel.trySend: \"Neither waits nor reacts to interruption\", with room and without")
    void whoTriesToSendDoesNotNoticeAnInterrupt() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(left().trySend(Message.of(3, 4))).isTrue();
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
        assertReceives(right(), Message.of(3, 4));
        int sent = fill();
        Thread.currentThread().interrupt();
        assertThat(left().trySend(filling(sent))).isFalse();
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
        assertNothingMoreArrivesThan(sent);
    }

    @Test
    @DisplayName("Channel.tryReceive: \"Neither waits nor reacts to interruption\", with a message and without")
    void whoTriesToReceiveDoesNotNoticeAnInterrupt() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(right().tryReceive()).isEqualTo(Received.Absent.NOTHING_YET);
        left().trySend(Message.of(1, 2));
        Received received = Received.Absent.NOTHING_YET;
        long start = System.nanoTime();
        while (received == Received.Absent.NOTHING_YET
                && System.nanoTime() - start < Poll.patience().toNanos()) {
            received = right().tryReceive();
        }
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
        assertThat(received).isEqualTo(Message.of(1, 2));
        assertWorks();
    }

    @Test
    @DisplayName("Channel.close: \"Does not block\", nor does it react to interruption; what was sent goes out")
    void whoClosesDoesNotNoticeAnInterrupt() throws Exception {
        left().send(Message.of(1, 2));
        Thread.currentThread().interrupt();
        left().close();
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
        assertReceives(right(), Message.of(1, 2));
        assertReceivesEnd(right());
    }
}
