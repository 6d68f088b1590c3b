package io.tournant.ipc.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChildJvm;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Message;
import io.tournant.ipc.Pairs;
import io.tournant.ipc.PeerMain;
import io.tournant.ipc.Received;
import io.tournant.ipc.Transport;
import io.tournant.ipc.Waiter;
import io.tournant.ipc.posix.PosixException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with pipes. */
class PipeFaultTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int ROUNDS = 5;

    @TempDir
    private Path directory;

    @BeforeEach
    void needsPipes() {
        Pairs.assumeAvailable(Transport.pipe());
    }

    /** Tries a few times, because this process may have to wait for a processor; a missed end would be missed each time. */
    @Test
    void theDeathOfAPeerIsSeenWithin50Milliseconds() throws Exception {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && best >= 50_000_000; round++) {
            try (Listener listener = Transport.pipe().listen();
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
    void aSideThatCanMakeNoPipesSaysSoAndTheListenerWaitsOn() throws Exception {
        Transport.Pipe transport = Transport.pipe();
        Transport.Pipe homeless =
                transport.withSocket(transport.socket().withDirectories(directory.resolve("missing")));
        try (Listener listener = transport.listen()) {
            assertThatThrownBy(() -> homeless.connect(listener.endpoint(), listener.token()))
                    .isInstanceOf(ChannelException.Unavailable.class)
                    .hasMessageContaining("missing");
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
        assertThat(refusal(PosixException.EPERM))
                .contains("withCapacity", "pipe-max-size=", "pipe-user-pages-soft=", "capacity=65536");
        assertThat(refusal(PosixException.EMFILE)).contains("ulimit -n", "descriptors=");
        assertThat(refusal(PosixException.ENFILE)).contains("too many open files", "pipe-user-pages-hard=");
        assertThat(refusal(PosixException.ENOMEM)).contains("smaller");
        assertThat(refusal(PosixException.EACCES)).contains("errno=EACCES", "Unix-domain sockets");
    }

    private static String refusal(int number) {
        return Support.refused(new PosixException("fcntl", number), 65_536).getMessage();
    }

    @Test
    void aCapacityThatNoPipeCanHaveIsRefusedAtOnce() {
        for (int capacity : new int[] {0, -1, 4096, 8193, 65_537, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> Transport.pipe().withCapacity(capacity))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("capacity=" + capacity);
        }
        assertThat(Transport.pipe().withCapacity(1 << 30).capacity()).isEqualTo(1 << 30);
    }
}
