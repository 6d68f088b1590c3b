package io.tournant.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskOptionsTest {

    private final TaskOptions defaults = TaskOptions.ofDefaults();

    @Test
    void theDefaultsAskForNothing() {
        assertThat(defaults)
                .isEqualTo(new TaskOptions(
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        RetryPolicy.none(),
                        false,
                        0,
                        false,
                        Duration.ofSeconds(1)));
    }

    @Test
    void eachWitherChangesItsFieldInACopy() {
        TaskOptions all = defaults.name("thumbnail")
                .timeout(Duration.ofSeconds(2))
                .deadline(Duration.ofSeconds(3))
                .retry(RetryPolicy.ofDefaults())
                .idempotent(true)
                .priority(-4)
                .timestamps(true)
                .cancelGrace(Duration.ZERO);
        assertThat(all)
                .isEqualTo(new TaskOptions(
                        "thumbnail",
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofSeconds(3)),
                        RetryPolicy.ofDefaults(),
                        true,
                        -4,
                        true,
                        Duration.ZERO));
        assertThat(TaskOptions.ofDefaults()).isEqualTo(defaults).isNotEqualTo(all);
    }

    @Test
    void aLimitThatIsNotPositiveIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.timeout(Duration.ZERO))
                .withMessageContaining("timeout=PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.deadline(Duration.ofNanos(-1)))
                .withMessageContaining("deadline=PT-0.000000001S");
    }

    @Test
    void aNegativeGraceIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.cancelGrace(Duration.ofSeconds(-1)))
                .withMessageContaining("cancelGrace=PT-1S");
    }

    @Test
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> defaults.name(null));
        assertThatNullPointerException().isThrownBy(() -> defaults.timeout(null));
        assertThatNullPointerException().isThrownBy(() -> defaults.deadline(null));
        assertThatNullPointerException().isThrownBy(() -> defaults.cancelGrace(null));
    }
}
