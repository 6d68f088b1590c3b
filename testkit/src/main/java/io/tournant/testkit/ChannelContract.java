package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Everything that a {@link Channel} promises, whatever carries it. The author of a transport extends it and opens both ends
 * of a connection:
 *
 * <pre>{@code
 * final class MyChannelContractTest extends ChannelContract {
 *     protected ChannelPair open() throws IOException {
 *         MyChannel[] ends = MyChannel.connected(longest());
 *         return new ChannelPair(ends[0], ends[1]);
 *     }
 *     protected int longest() { return 1 << 20; }
 * }
 * }</pre>
 *
 * <p>That is quick, and shows most of what may be wrong. What two processes do to each other shows where the right end
 * lives in {@link PeerJvm another JVM}, with the same tests: the author hands out the stand-in for it, and overrides {@link
 * #killRight}, so that the tests of a peer that dies are run, too.
 *
 * @implNote No test asks how a channel does its work, and none sleeps to let something happen. A thread that should wait is
 *     looked at until it does; if that guess is wrong, the test shows less, but does not fail.
 */
public abstract class ChannelContract extends ChannelCloseContract {

    /** How soon a virtual thread runs if there is a carrier for it. */
    private static final long SOON_MILLIS = 50;

    private static final CloseReason PEER_DIED = new CloseReason.PeerDied();

    /** For subclasses. */
    protected ChannelContract() {}

    // ------------------------------------------------------------------ callbacks

    @Test
    @DisplayName("Channel.onClose: \"called once with the reason why the channel closed\", each side with its own")
    void callbacksAreToldTheReasonOfTheirSideOnce() throws Exception {
        List<CloseReason> ofLeft = new CopyOnWriteArrayList<>();
        List<CloseReason> ofRight = new CopyOnWriteArrayList<>();
        left().onClose(ofLeft::add);
        right().onClose(ofRight::add);
        left().close();
        left().close();
        assertThat(ofLeft).containsExactly(LOCAL);
        assertThat(ofRight).as("nobody has received yet").isEmpty();
        assertReceivesEnd(right());
        assertReceivesEnd(right());
        right().close();
        assertThat(ofLeft).containsExactly(LOCAL);
        assertThat(ofRight).containsExactly(PEER_CLOSED);
    }

    @Test
    @DisplayName("Channel.onClose: \"at once if it is closed already\"")
    void callbacksThatComeLateAreCalledAtOnce() throws Exception {
        List<CloseReason> reasons = new CopyOnWriteArrayList<>();
        left().close();
        left().onClose(reasons::add);
        assertThat(reasons).containsExactly(LOCAL);
        assertReceivesEnd(right());
        right().onClose(reasons::add);
        assertThat(reasons).containsExactly(LOCAL, PEER_CLOSED);
    }

    @Test
    @DisplayName("Channel.onClose: \"what one throws is logged\", and disturbs neither the channel nor other callbacks")
    void callbacksThatThrowDisturbNobody() throws Exception {
        List<CloseReason> reasons = new CopyOnWriteArrayList<>();
        for (Channel channel : List.of(left(), right())) {
            channel.onClose(reasons::add);
            channel.onClose(reason -> {
                throw new IllegalStateException("a callback of a test that fails on purpose");
            });
            channel.onClose(reasons::add);
        }
        left().close();
        assertThat(reasons).containsExactly(LOCAL, LOCAL);
        assertReceivesEnd(right());
        assertThat(reasons).containsExactly(LOCAL, LOCAL, PEER_CLOSED, PEER_CLOSED);
        assertThat(right().closeReason()).contains(PEER_CLOSED);
    }

    @Test
    @DisplayName("Channel.onClose: a callback runs \"without locks of the channel held\" and may use it")
    void callbacksMayUseTheChannel() throws Exception {
        List<Optional<CloseReason>> found = new CopyOnWriteArrayList<>();
        right().onClose(reason -> {
            right().close();
            Caller<Boolean> other = Caller.platform(() -> right().trySend(Message.of(1, 2)));
            assertThatExceptionOfType(ChannelException.Closed.class).isThrownBy(other::result);
            found.add(right().closeReason());
        });
        left().close();
        assertReceivesEnd(right());
        assertThat(found).containsExactly(Optional.of(PEER_CLOSED));
    }

    @Test
    @DisplayName("Channel.onClose: every callback is called once where many threads close and register at once")
    void callbacksAreCalledOnceAmidManyCloses() throws Exception {
        List<CloseReason> reasons = new CopyOnWriteArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Caller<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean registers = i % 2 == 0;
            callers.add(Caller.run(() -> {
                start.await();
                if (registers) {
                    left().onClose(reasons::add);
                } else {
                    left().close();
                }
            }));
        }
        start.countDown();
        assertAllGetThrough(callers);
        Poll.until("the callbacks", () -> reasons.size() >= 4);
        assertThat(reasons).containsExactly(LOCAL, LOCAL, LOCAL, LOCAL);
    }

    // ------------------------------------------------------------------ death

    @Test
    @DisplayName(
            "CloseReason.PeerDied: after a death everything is received that was sent before, then \"Closed if [...] "
                    + "the peer died\"")
    void whatADeadPeerHadSentIsReceivedAndThenItsDeath() throws Exception {
        List<CloseReason> reasons = new CopyOnWriteArrayList<>();
        left().onClose(reasons::add);
        for (int i = 0; i < SHORT_MESSAGES; i++) {
            right().send(Message.of(1, i, bytes(i)));
        }
        killRight(pair());
        for (int i = 0; i < SHORT_MESSAGES; i++) {
            assertReceives(left(), Message.of(1, i, bytes(i)));
        }
        assertThat(reasons).as("before everything is received").isEmpty();
        assertClosed(PEER_DIED, () -> left().receive(Poll.patience()));
        assertThat(left().closeReason()).contains(PEER_DIED);
        assertThat(reasons).containsExactly(PEER_DIED);
    }

    @Test
    @DisplayName("CloseReason.PeerDied: a message that was half out when its sender died is not received at all")
    void whatADyingPeerHadHalfOutIsNotReceived() throws Exception {
        right().send(Message.of(1, 2));
        assertThat(right().trySend(wide())).isTrue();
        killRight(pair());
        assertReceives(left(), Message.of(1, 2));
        assertClosed(PEER_DIED, () -> left().receive(Poll.patience()));
    }

    @Test
    @DisplayName("Channel: the death of the peer ends the waits of all who receive and send")
    void theDeathOfThePeerWakesReceiversAndSenders() throws Exception {
        int sent = fill();
        Caller<Boolean> sender = sending(left(), List.of(filling(sent))).inside(left());
        List<Caller<Received>> receivers = List.of(
                Caller.platform(() -> left().receive()).inside(left()),
                Caller.virtual(() -> left().receive(HUGE)).inside(left()));
        killRight(pair());
        for (Caller<Received> receiver : receivers) {
            assertClosed(PEER_DIED, receiver::result);
        }
        assertThatExceptionOfType(ChannelException.Closed.class).isThrownBy(sender::result);
        assertThat(left().closeReason()).contains(PEER_DIED);
    }

    // ------------------------------------------------------------------ virtual threads

    @Test
    @DisplayName("Channel: \"Blocked virtual threads give up their carriers\": receivers")
    void blockedVirtualReceiversLeaveTheirCarriers() throws Exception {
        List<ChannelPair> pairs = openFourForEachCarrier();
        List<Caller<Received>> receivers = new ArrayList<>();
        for (ChannelPair each : pairs) {
            receivers.add(Caller.virtual(() -> each.left().receive()).inside(each.left()));
        }
        assertAFreshVirtualThreadRunsSoon();
        for (int i = 0; i < pairs.size(); i++) {
            pairs.get(i).right().send(Message.of(1, i));
            assertThat(receivers.get(i).result()).isEqualTo(Message.of(1, i));
        }
    }

    @Test
    @DisplayName("Channel: \"Blocked virtual threads give up their carriers\": senders")
    void blockedVirtualSendersLeaveTheirCarriers() throws Exception {
        List<ChannelPair> pairs = openFourForEachCarrier();
        List<Caller<Boolean>> senders = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (ChannelPair each : pairs) {
            int sent = fill(each.left());
            counts.add(sent);
            senders.add(
                    Caller.virtual(() -> each.left().send(filling(sent), HUGE)).inside(each.left()));
        }
        assertAFreshVirtualThreadRunsSoon();
        for (int i = 0; i < pairs.size(); i++) {
            assertReceivesFilling(pairs.get(i).right(), counts.get(i) + 1);
        }
        assertAllGetThrough(senders);
    }

    private List<ChannelPair> openFourForEachCarrier() throws Exception {
        int wanted = 4 * carriers();
        if (wanted > mostPairs()) {
            abort("Four pairs for each carrier are more than may be open: pairs=" + wanted + ", mostPairs="
                    + mostPairs());
        }
        List<ChannelPair> pairs = new ArrayList<>(List.of(pair()));
        while (pairs.size() < wanted) {
            pairs.add(openAnother());
        }
        return pairs;
    }

    /** Returns how many threads carry the virtual ones. */
    private static int carriers() {
        return Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    }

    /** Starts one after the other until one is quick: a busy machine may hold some of them up, taken carriers all. */
    private static void assertAFreshVirtualThreadRunsSoon() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            Thread.ofVirtual().start(ran::countDown);
            if (ran.await(SOON_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        throw new AssertionError("No fresh virtual thread ran in time: limit=" + SOON_MILLIS + " ms");
    }
}
