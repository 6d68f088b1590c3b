package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tournant.ipc.Channel;
import io.tournant.ipc.Received;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a test is told when the other JVM cannot do what it should. */
class PeerJvmTest {

    /** Holds both ends of a connection, or none. */
    public static final class Opener implements PeerJvm.Opener {

        /** Called by name. */
        public Opener() {}

        @Override
        public Channel open(List<String> arguments) {
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException("on purpose");
            }
            return QueueChannel.pair(1_000, 5_000).left();
        }
    }

    @Test
    void anEndThatCannotBeOpenedSaysWhy() throws Exception {
        try (PeerJvm peer = PeerJvm.start(Opener.class)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> peer.open().get(Poll.patience().toMillis(), TimeUnit.MILLISECONDS))
                    .havingRootCause()
                    .withMessage("on purpose");
        }
    }

    @Test
    void whoWaitsInAJvmThatIsKilledIsTold() throws Exception {
        try (PeerJvm peer = PeerJvm.start(Opener.class)) {
            Channel channel = peer.open("left").get(Poll.patience().toMillis(), TimeUnit.MILLISECONDS);
            Caller<Received> receiver = Caller.platform(channel::receive).inside(channel);
            peer.kill();
            assertThat(peer.isAlive()).isFalse();
            assertThatIllegalStateException().isThrownBy(receiver::result).withMessageContaining("gone");
            assertThatIllegalStateException().isThrownBy(channel::tryReceive).withMessageContaining("gone");
            channel.close();
        }
    }
}
