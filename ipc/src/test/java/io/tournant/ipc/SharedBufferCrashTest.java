package io.tournant.ipc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two JVMs that share buffers, and one of which dies. */
class SharedBufferCrashTest {

    private static final int ROUNDS = 1000;

    private static ChildJvm start(String command, SharedBuffer buffer, int... numbers) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of(command, buffer.handle().toString()));
        for (int number : numbers) {
            arguments.add(Integer.toString(number));
        }
        return ChildJvm.start(BufferMain.class, Token.random(), arguments.toArray(String[]::new));
    }

    private static ChildJvm hold(SharedBuffer buffer) throws Exception {
        ChildJvm child = start("hold", buffer);
        assertThat(child.readLine()).isEqualTo("held");
        return child;
    }

    private static void kill(ChildJvm child) throws Exception {
        child.kill();
        child.awaitExit();
    }

    @Test
    void allOfTheMemoryIsThereFromTheBeginning() throws Exception {
        try (SharedBuffer buffer = SharedBuffer.allocate(1 << 20)) {
            Path file = BufferFacts.file(buffer.handle());
            Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
            assertThat(Long.parseLong(new String(stat.getInputStream().readAllBytes(), US_ASCII).strip()) * 512)
                    .isGreaterThanOrEqualTo(1 << 20);
        }
    }

    @Test
    void threadsOfTwoJvmsCountTogether() throws Exception {
        try (SharedBuffer buffer = SharedBuffer.allocate(8);
                ChildJvm child = start("count", buffer, 4, 50_000)) {
            BufferMain.count(buffer, 4, 50_000);
            assertThat(child.readLine()).isEqualTo("done");
            assertThat(buffer.cell(0).get()).isEqualTo(2 * 4 * 50_000);
            child.awaitExit();
            assertThat(BufferFacts.file(buffer.handle())).exists();
        }
    }

    @Test
    void whoOutlivesTheOthersFreesTheBuffer() throws Exception {
        SharedBuffer buffer = SharedBuffer.allocate(1);
        Path file = BufferFacts.file(buffer.handle());
        try (buffer;
                ChildJvm child = hold(buffer)) {
            assertThat(BufferFacts.locks(file)).isEqualTo(2);
            kill(child);
            buffer.segment().set(JAVA_BYTE, 0, (byte) 1);
            assertThat(file).exists();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aBufferIsNeitherFreedNorSweptWhileAnotherJvmHoldsItAndSweptWhenThatIsKilled() throws Exception {
        SharedBuffer buffer = SharedBuffer.allocate(1);
        Path file = BufferFacts.file(buffer.handle());
        try (ChildJvm child = hold(buffer)) {
            buffer.segment().set(JAVA_BYTE, 0, (byte) 42);
            buffer.close();
            BufferFacts.age(file);
            SharedBuffer.allocate(1).close();
            try (SharedBuffer again = buffer.handle().open()) {
                assertThat(again.segment().get(JAVA_BYTE, 0)).isEqualTo((byte) 42);
            }
            assertThat(file).exists();
            kill(child);
        }
        assertThat(BufferFacts.locks(file)).isZero();
        BufferFacts.age(file);
        SharedBuffer.allocate(1).close();
        assertThat(file).doesNotExist();
        assertThatThrownBy(buffer.handle()::open).isInstanceOf(ChannelException.Gone.class);
    }

    /** The other JVM opens while this one closes: it gets the buffer, with its file, or hears that it is gone. */
    @Test
    void openingRacesWithTheLastClose() throws Exception {
        long opened = rounds((control, buffer, random, round) -> {
            if (random.nextInt(4) > 0) { // close late as well as early
                long until = System.nanoTime() + random.nextInt(1_000_000);
                while (System.nanoTime() < until
                        && control.cell(BufferMain.LOOKED).get() != round) {
                    Thread.onSpinWait();
                }
            }
            buffer.close();
            control.cell(BufferMain.CLOSE).set(round);
        });
        assertThat(opened).isStrictlyBetween(0L, (long) ROUNDS);
    }

    /** Both close at once: one of them is the last. */
    @Test
    void ofTwoThatCloseAtOnceOneFreesTheBuffer() throws Exception {
        long opened = rounds((control, buffer, random, round) -> {
            BufferMain.await(control, BufferMain.LOOKED, round);
            control.cell(BufferMain.CLOSE).set(round);
            buffer.close();
        });
        assertThat(opened).isEqualTo(ROUNDS);
    }

    private interface Round {
        void play(SharedBuffer control, SharedBuffer buffer, Random random, int round) throws Exception;
    }

    /** Plays rounds with a buffer each, of which nothing may be left; returns in how many the other JVM had opened it. */
    private static long rounds(Round played) throws Exception {
        var random = new Random(7);
        try (SharedBuffer control = SharedBuffer.allocate(BufferMain.CONTROL_LENGTH);
                ChildJvm child = start("rounds", control, ROUNDS)) {
            for (int round = 1; round <= ROUNDS; round++) {
                SharedBuffer buffer = SharedBuffer.allocate(8);
                Path file = BufferFacts.file(buffer.handle());
                buffer.cell(0).set(round);
                control.segment().setString(BufferMain.HANDLE, buffer.handle().toString());
                control.cell(BufferMain.OFFERED).set(round);
                played.play(control, buffer, random, round);
                BufferMain.await(control, BufferMain.CLOSED, round);
                assertThat(file).as("round %s", round).doesNotExist();
            }
            assertThat(child.readLine()).isEqualTo("done");
            assertThat(control.cell(BufferMain.ORPHANS).get()).isZero();
            return control.cell(BufferMain.OPENED).get();
        }
    }
}
