package io.tournant.ipc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Received;
import io.tournant.ipc.frame.FrameBytes;
import io.tournant.ipc.frame.FrameType;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** How an input ends. */
class InputTest {

    private final MemoryWire[] wires = MemoryWire.pair(100, Integer.MAX_VALUE);
    private final Input input = new Input(new WireLink(wires[0], 100, 100));

    /**
     * Who has taken the goodbye tells the channel only after that, and another may look meanwhile. It took the end of the
     * stream for a death, and told the channel first.
     */
    @Test
    void afterAGoodbyeTheEndOfTheStreamIsNoDeath() throws Exception {
        wires[1].write(ByteBuffer.wrap(FrameBytes.of(FrameType.GOODBYE)));
        wires[1].close();
        assertThatExceptionOfType(EndOfInput.class)
                .isThrownBy(() -> input.receive(Deadline.NOW))
                .satisfies(end -> assertThat(end.reason()).isEqualTo(new CloseReason.PeerClosed()));
        assertThat(input.receive(Deadline.NOW)).isEqualTo(Received.Absent.END);
        assertThatExceptionOfType(EndOfInput.class).isThrownBy(input::settle).satisfies(end -> assertThat(end.reason())
                .isEqualTo(new CloseReason.PeerClosed()));
    }
}
