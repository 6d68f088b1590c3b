package io.tournant.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendConfigTest {

    @Test
    void aNameAloneHasNoValues() {
        assertThat(BackendConfig.parse("virtual")).isEqualTo(new BackendConfig("virtual", Map.of()));
    }

    @Test
    void valuesAreTakenByKey() {
        BackendConfig config = BackendConfig.parse("process?workers=4&transport=mapped&heap=256m&x=a=b&empty=");
        assertThat(config.name()).isEqualTo("process");
        assertThat(config.integer("workers", 1)).hasValue(4);
        assertThat(config.text("transport")).contains("mapped");
        assertThat(config.text("x")).contains("a=b");
        assertThat(config.text("empty")).contains("");
        assertThat(config.text("missing")).isEmpty();
        assertThat(config.integer("missing", 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "Pool",
                "9lives",
                "pool ",
                "pool?",
                "pool?=1",
                "pool?Threads=1",
                "pool?a=1&",
                "pool?&a=1"
            })
    void aWordThatIsNoneIsShownWithTheWholeText(String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackendConfig.parse(spec))
                .withMessageContaining("name?key=value&key=value, in lower-case words")
                .withMessageEndingWith("spec=" + spec);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool?threads", "pool?threads=1&threads=2"})
    void aKeyWithoutValueOrTwiceIsNamed(String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackendConfig.parse(spec))
                .withMessageContaining("each key once")
                .withMessageContaining("key=threads spec=" + spec);
    }

    @Test
    void anUnknownKeyIsNamedWithTheKnownOnes() {
        BackendConfig config = BackendConfig.parse("pool?thread=4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.allow("threads", "daemon"))
                .withMessageContaining("backend=pool key=thread known=[daemon, threads]");
        config.allow("thread");
    }

    @ParameterizedTest
    @CsvSource({"four, 1", "'', 1", "0, 1", "-1, 0", "4.0, 1", "99999999999, 1"})
    void aValueThatIsNoNumberInRangeIsShown(String value, int min) {
        BackendConfig config = BackendConfig.parse("pool?threads=" + value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.integer("threads", min))
                .withMessageContaining("at least " + min)
                .withMessageEndingWith("backend=pool threads=" + value);
    }
}
