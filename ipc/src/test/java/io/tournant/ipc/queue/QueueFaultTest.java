package io.tournant.ipc.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChannelPair;
import io.tournant.ipc.ChildJvm;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Message;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.PeerMain;
import io.tournant.ipc.Received;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.posix.PosixException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with message queues. */
class QueueFaultTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int ROUNDS = 5;
    private static final int MOST_PAIRS = 200;

    @BeforeEach
    void needsQueues() {
        Pairs.assumeAvailable(Transport.messageQueue());
    }

    /** Tries a few times, because this process may have to wait for a processor; a missed end would be missed each time. */
    @Test
    void theDeathOfAPeerIsSeenWithin50Milliseconds() throws Exception {
        Transport transport = Transport.messageQueue();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && best >= 50_000_000; round++) {
            try (Listener listener = transport.listen();
                    ChildJvm child = ChildJvm.start(PeerMain.class, listener.token(), listener.endpoint(), "ignore");
                    Channel channel = listener.accept(LONG).orElseThrow()) {
                assertThat(child.readLine()).isEqualTo("ready");
                Waiter<Received> receiver = Waiter.start(channel::receive).inside("poll");
                child.kill();
                child.awaitExit();
                long start = System.nanoTime();
                assertThatThrownBy(receiver::result).isInstanceOf(ChannelException.Closed.class);
                best = Math.min(best, System.nanoTime() - start);
            }
        }
        assertThat(best).isLessThan(50_000_000);
    }

    @Test
    void limitsThatAreReachedAreARefusalThatNamesThemAndNothingIsLeft() throws Exception {
        int room = countQueuesThatFit();
        List<QueuePair> pairs = new ArrayList<>();
        try {
            assertThatThrownBy(() -> {
                        while (pairs.size() < MOST_PAIRS) {
                            pairs.add(QueuePair.create(10, 8192));
                        }
                        abort("This user may have as many queues as he likes.");
                    })
                    .isInstanceOf(ChannelException.Unavailable.class)
                    .hasMessageContaining("ulimit -q")
                    .hasMessageContaining("messages=10, messageLength=8192")
                    .hasMessageContaining("errno=EMFILE");
        } finally {
            pairs.forEach(QueuePair::removeNames);
            pairs.forEach(QueuePair::close);
        }
        assertThat(countQueuesThatFit())
                .as("the first queue of the pair that did not fit is gone, too")
                .isEqualTo(room);
    }

    private static int countQueuesThatFit() throws PosixException {
        List<QueueName> names = new ArrayList<>();
        List<Integer> queues = new ArrayList<>();
        try {
            while (queues.size() < MOST_PAIRS) {
                QueueName name = QueueName.random();
                queues.add(Mq.create(name.there(), Posix.READ_ONLY, 10, 8192));
                names.add(name);
            }
        } catch (PosixException full) {
            assertThat(full.number()).isIn(PosixException.EMFILE, PosixException.ENOSPC);
        } finally {
            for (QueueName name : names) {
                Mq.unlink(name.there());
            }
            for (int queue : queues) {
                Posix.close(queue);
            }
        }
        return queues.size();
    }

    @Test
    void aSideWithoutRoomForQueuesSaysSoAndTheListenerWaitsOn() throws Exception {
        Transport.MessageQueue transport = Transport.messageQueue();
        Transport.MessageQueue greedy = transport.withMessages(65_536).withMessageLength(1 << 20);
        try (Listener listener = transport.listen()) {
            assertThatThrownBy(() -> greedy.connect(listener.endpoint(), listener.token()))
                    .isInstanceOf(ChannelException.Unavailable.class)
                    .hasMessageContaining("messages=65536, messageLength=1048576")
                    .hasMessageContaining("mapped file");
            Waiter<Channel> connected = Waiter.start(() -> transport.connect(listener.endpoint(), listener.token()));
            try (Channel accepted = listener.accept();
                    Channel other = connected.result()) {
                other.send(Message.of(1, 2));
                assertThat(accepted.receive(LONG)).isEqualTo(Message.of(1, 2));
            }
        }
    }

    @Test
    void everyReasonSaysWhatToDo() {
        assertThat(refusal(PosixException.EINVAL)).contains("withMessages", "msg_max=", "msgsize_max=", "messages=8");
        assertThat(refusal(PosixException.EMFILE)).contains("ulimit -q", "ulimit -n", "bytes=", "descriptors=");
        assertThat(refusal(PosixException.ENOSPC)).contains("queues_max=", "administrator");
        assertThat(refusal(PosixException.ENFILE)).contains("too many open files");
        assertThat(refusal(PosixException.ENOMEM)).contains("smaller");
        assertThat(refusal(PosixException.ENOSYS)).contains("knows no message queues");
        assertThat(refusal(PosixException.EACCES)).contains("errno=EACCES", "mapped file");
    }

    private static String refusal(int number) {
        return Support.refused(new PosixException("mq_open", number), 8, 2048).getMessage();
    }

    @Test
    void virtualThreadsThatWaitedLeaveNoHelper() throws Exception {
        try (ChannelPair pair = Pairs.open(Transport.messageQueue())) {
            Waiter<Received> receiver =
                    Waiter.startVirtual(pair.right()::receive).inside("awaitReadable");
            await().until(() -> QueueHands.threads("tournant-ipc-helper") == 1);
            pair.left().send(Message.of(1, 2));
            assertThat(receiver.result()).isEqualTo(Message.of(1, 2));
        }
        await().atMost(LONG)
                .until(() -> QueueHands.threads("tournant-ipc-helper") + QueueHands.threads("tournant-ipc-queue-watch")
                        == 0);
    }
}
