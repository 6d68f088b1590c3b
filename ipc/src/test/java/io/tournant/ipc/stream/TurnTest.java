package io.tournant.ipc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tournant.ipc.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {

    private final Turn turn = new Turn();

    private Waiter<Boolean> inLine(Deadline deadline) {
        return Waiter.start(() -> turn.take(deadline)).inside("takeInLine");
    }

    @Test
    void oneHasItAtATime() throws Exception {
        assertThat(turn.tryTake()).isTrue();
        assertThat(turn.tryTake()).isFalse();
        assertThat(turn.take(Deadline.NOW)).isFalse();
        turn.pass();
        assertThat(turn.take(Deadline.NOW)).isTrue();
    }

    @Test
    void everyoneInLineGetsIt() throws Exception {
        turn.tryTake();
        List<Waiter<Boolean>> line = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            line.add(inLine(Deadline.NEVER));
        }
        for (int i = 0; i < 3; i++) {
            turn.pass();
            while (line.stream().noneMatch(Waiter::isDone)) {
                Thread.onSpinWait();
            }
            line.removeIf(Waiter::isDone);
        }
        assertThat(line).isEmpty();
    }

    @Test
    void whoseTimeIsUpOrWhoIsInterruptedLeavesTheLineToOthers() throws Exception {
        turn.tryTake();
        assertThat(turn.take(Deadline.after(Duration.ofMillis(1)))).isFalse();
        Waiter<Boolean> interrupted = inLine(Deadline.NEVER);
        Waiter<Boolean> next = inLine(Deadline.after(Duration.ofSeconds(30)));
        interrupted.thread().interrupt();
        assertThatThrownBy(interrupted::result).isInstanceOf(InterruptedException.class);
        turn.pass();
        assertThat(next.result()).isTrue();
    }

    @Test
    void nobodyIsInLineOnceItIsDissolvedButTheTurnGoesOn() throws Exception {
        turn.tryTake();
        Waiter<Boolean> waiter = inLine(Deadline.NEVER);
        assertThat(turn.isDissolved()).isFalse();
        turn.dissolve();
        assertThat(waiter.result()).isFalse();
        assertThat(turn.take(Deadline.NEVER)).isFalse();
        turn.pass();
        assertThat(turn.isDissolved()).isTrue();
        assertThat(turn.take(Deadline.NEVER)).isTrue();
    }
}
