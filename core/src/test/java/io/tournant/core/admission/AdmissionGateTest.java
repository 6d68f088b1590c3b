package io.tournant.core.admission;

import static io.tournant.core.admission.AdmissionGate.Entry.ADMITTED;
import static io.tournant.core.admission.AdmissionGate.Entry.REFUSED;
import static io.tournant.core.admission.AdmissionGate.Entry.REFUSED_LAST;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionGateTest {

    private final AdmissionGate gate = new AdmissionGate();

    @Test
    void anEmptyGateIsDrainedWhenItIsShut() {
        assertThat(gate.enter()).isEqualTo(ADMITTED);
        assertThat(gate.leave()).isFalse();
        assertThat(gate.isShut()).isFalse();
        assertThat(gate.shut()).isTrue();
        assertThat(gate.isShut()).isTrue();
        assertThat(gate.isStopping()).isFalse();
    }

    @Test
    void theLastToLeaveAShutGateIsTold() {
        gate.enter();
        gate.enter();
        assertThat(gate.shut()).isFalse();
        assertThat(gate.leave()).isFalse();
        assertThat(gate.leave()).isTrue();
    }

    @Test
    void aShutGateRefusesAndTellsWhoeverIsThenLast() {
        gate.enter();
        gate.shut();
        assertThat(gate.enter()).isEqualTo(REFUSED);
        assertThat(gate.leave()).isTrue();
        assertThat(gate.enter()).isEqualTo(REFUSED_LAST);
    }

    @Test
    void stoppingShutsAsWell() {
        gate.enter();
        assertThat(gate.stop()).isFalse();
        assertThat(gate.isShut()).isTrue();
        assertThat(gate.isStopping()).isTrue();
        assertThat(gate.enter()).isEqualTo(REFUSED);
        assertThat(gate.leave()).isTrue();
        assertThat(gate.stop()).isTrue();
        assertThat(gate.shut()).isTrue();
        assertThat(gate.isStopping()).isTrue();
    }
}
