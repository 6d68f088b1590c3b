package io.tournant.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tournant.ipc.Channel;
import io.tournant.ipc.Received;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** What a test is told when the other JVM cannot do what it should. */
class PeerJvmTest {

    /** Holds both ends of a connection, or none. */
    public static final class Opener implements PeerJvm.Opener {

        /** Called by name. */
        public Opener() {}

        @Override
        public Channel open(List<String> arguments) throws IOException {
            switch (arguments.getFirst()) {
                case "nothing" -> throw new IllegalArgumentException("on purpose");
                case "unsendable" -> throw new Unsendable();
                case "text" -> new FileOutputStream(FileDescriptor.out).write("a line of somebody's\n".getBytes(UTF_8));
                default -> {}
            }
            return QueueChannel.pair(1_000, 5_000).left();
        }
    }

    /** Cannot be serialized. */
    private static final class Unsendable extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1;

        Unsendable() {
            super("unsendable on purpose");
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new NotSerializableException("this");
        }
    }

    @Test
    void anEndThatCannotBeOpenedSaysWhy() throws Exception {
        try (PeerJvm peer = PeerJvm.start(Opener.class)) {
            assertNotOpened(peer, "nothing").withMessage("on purpose");
        }
    }

    @Test
    void aReasonThatCannotBeSerializedIsToldInWords() throws Exception {
        try (PeerJvm peer = PeerJvm.start(Opener.class)) {
            assertNotOpened(peer, "unsendable").withMessageContainingAll("serialized", "unsendable on purpose");
            assertNotOpened(peer, "nothing").withMessage("on purpose");
        }
    }

    @Test
    void textOnTheStandardOutputOfThePeerIsFound() throws Exception {
        try (PeerJvm peer = PeerJvm.start(Opener.class)) {
            assertNotOpened(peer, "text").withMessageContaining("standard output");
            assertThat(peer.isAlive()).isFalse();
        }
    }

    /** Lets the first cause be checked. */
    private static ThrowableAssertAlternative<?> assertNotOpened(PeerJvm peer, String end) {
        return assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> peer.open(end).get(Poll.patience().toMillis(), TimeUnit.MILLISECONDS))
                .havingRootCause();
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
