package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Opens a pair of channels for each test of {@link ChannelContract} and closes it afterwards. Its abstract methods are
 * what the author of a transport supplies.
 *
 * <p>Most tests send from the left and receive on the right; where a side has to wait, its thread is looked for in the
 * methods of the channel's class, so that class must show in stack traces. What must happen is awaited for 30 seconds; the
 * system property {@code tournant.contract.patience}, an ISO duration such as {@code PT60S}, changes that.
 */
@Timeout(90)
@ExtendWith(PromiseRecorder.class)
public abstract class ChannelFixture {

    /** How long to wait for what must not happen. */
    static final Duration SHORT = Duration.ofMillis(20);

    /** Longer than any clock runs. */
    static final Duration HUGE = Duration.ofSeconds(Long.MAX_VALUE);

    /** No time at all. */
    static final List<Duration> NONE = List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE));

    /** So many messages of a few bytes fit into the buffers. */
    static final int SHORT_MESSAGES = 5;

    private static final int PRIME = 251;

    private final List<ChannelPair> pairs = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // before each test
    private ChannelPair pair;

    @SuppressWarnings("NullAway.Init") // before each test
    private byte[] noise;

    /** For subclasses. */
    protected ChannelFixture() {}

    /**
     * Opens a pair. Called once for each test or more often; the test closes what was opened.
     *
     * @return both ends of a new connection, whose buffers hold a bounded number of bytes in each direction: less than
     *     {@link #longest()}, and at least five messages of a few bytes or two of 100
     * @throws Exception if it cannot be opened, which fails the test
     */
    protected abstract ChannelPair open() throws Exception;

    /**
     * Returns the maximum length of a message in the pairs that {@link #open} returns.
     *
     * @return a length in bytes, 5000 or more; tests are quicker where it is not much more than the buffers hold
     */
    protected abstract int longest();

    /**
     * Returns how many pairs may be open at once, where what carries them is scarce: a test that needs more is skipped.
     *
     * @implSpec There is no limit.
     * @return a number from 1
     */
    protected int mostPairs() {
        return Integer.MAX_VALUE;
    }

    /**
     * Ends the process that holds the right end, at once, as a crash would. Tests that need that are skipped unless it is
     * overridden.
     *
     * @param killed what {@link #open} returned
     * @throws Exception if it cannot be ended, which fails the test
     */
    protected void killRight(ChannelPair killed) throws Exception {
        abort("Both ends live in the JVM of the test");
    }

    @BeforeEach
    final void openPair() throws Exception {
        noise = new byte[longest() + PRIME + 1];
        new Random(1).nextBytes(noise);
        pair = openAnother();
    }

    @AfterEach
    final void closePairs() {
        Thread.interrupted(); // of a test that failed half-way
        pairs.forEach(ChannelPair::close);
    }

    /** Opens one more pair, which is closed after the test. */
    final ChannelPair openAnother() throws Exception {
        ChannelPair another = open();
        pairs.add(another);
        return another;
    }

    final ChannelPair pair() {
        return pair;
    }

    final Channel left() {
        return pair.left();
    }

    final Channel right() {
        return pair.right();
    }

    /** Returns so many bytes, which those of other lengths do not begin with. */
    final byte[] bytes(int length) {
        int from = length % PRIME;
        return Arrays.copyOfRange(noise, from, from + length);
    }

    /** Returns a message whose bytes tell its length. */
    final Message ofLength(int length) {
        return Message.of(1, length, bytes(length));
    }

    /** Returns a message that does not fit into the buffers, so that it is half out as soon as it is sent. */
    final Message wide() {
        return ofLength(longest());
    }

    // ------------------------------------------------------------------ full channels

    /** Sends from the left until there is no room, and returns how many messages. */
    final int fill() throws ChannelException {
        return fill(left());
    }

    /** Sends until there is no room, and returns how many messages. */
    final int fill(Channel channel) throws ChannelException {
        int sent = 0;
        while (channel.trySend(filling(sent))) {
            sent++;
            assertThat((long) sent * filling(0).length())
                    .as("bytes sent that nobody receives")
                    .isLessThan(2L * longest() + filling(0).length());
        }
        return sent;
    }

    /** Returns one of the messages with which a channel was filled. */
    final Message filling(int number) {
        return Message.of(1, number, bytes(Math.min(longest() / 5, 1000)));
    }

    final void assertReceivesFilling(int count) throws Exception {
        assertReceivesFilling(right(), count);
    }

    final void assertReceivesFilling(Channel channel, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertReceives(channel, filling(i));
        }
    }

    // ------------------------------------------------------------------ what a channel does

    static void assertReceives(Channel channel, Message... expected) throws Exception {
        for (Message message : expected) {
            assertThat(channel.receive(Poll.patience())).isEqualTo(message);
        }
    }

    static void assertReceivesEnd(Channel channel) throws Exception {
        assertThat(channel.receive(Poll.patience())).isEqualTo(Received.Absent.END);
    }

    static Message nextMessage(Channel channel) throws Exception {
        Received received = channel.receive(Poll.patience());
        assertThat(received).isInstanceOf(Message.class);
        return (Message) received;
    }

    /** Sends in both directions, to show that nothing broke. */
    final void assertWorks() throws Exception {
        assertThat(left().isOpen()).isTrue();
        assertThat(right().isOpen()).isTrue();
        Message there = Message.of(71, 72, bytes(73));
        Message back = Message.of(81, 82, bytes(83));
        assertThat(left().send(there, Poll.patience())).isTrue();
        assertReceives(right(), there);
        assertThat(right().send(back, Poll.patience())).isTrue();
        assertReceives(left(), back);
    }

    static void assertClosed(CloseReason reason, ThrowingCallable call) {
        ChannelException.Closed e = catchThrowableOfType(ChannelException.Closed.class, call);
        assertThat(e).as("the exception").isNotNull();
        assertThat(e.reason()).contains(reason);
    }

    // ------------------------------------------------------------------ callers

    static void assertAllGetThrough(List<? extends Caller<Boolean>> callers) throws Exception {
        for (Caller<Boolean> caller : callers) {
            assertThat(caller.result()).isTrue();
        }
    }

    final Caller<Boolean> sending(Channel channel, List<Message> messages) {
        return Caller.run(() -> {
            for (Message message : messages) {
                channel.send(message);
            }
        });
    }

    /** Receives what comes before the end. */
    static Caller<List<Message>> receivingAll(Channel channel) {
        return Caller.platform(() -> {
            List<Message> messages = new ArrayList<>();
            while (channel.receive() instanceof Message message) {
                messages.add(message);
            }
            return messages;
        });
    }

    final Caller<Boolean> receiving(Channel channel, List<Message> messages) {
        return Caller.run(() -> {
            for (Message message : messages) {
                assertThat(channel.receive()).isEqualTo(message);
            }
        });
    }
}
