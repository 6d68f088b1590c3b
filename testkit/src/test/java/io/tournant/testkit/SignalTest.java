package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a contract's tasks tell arrives, whatever a time limit interrupts. */
class SignalTest {

    /** The interrupt used to close the file that was being written, and the task ended instead of ignoring it. */
    @Test
    void anInterruptedThreadRaisesASignalAsWell(@TempDir Path directory) {
        Signal signal = new Signal(directory.resolve("signal").toString());
        Thread.currentThread().interrupt();
        signal.say("text");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(signal.isRaised()).isTrue();
    }
}
