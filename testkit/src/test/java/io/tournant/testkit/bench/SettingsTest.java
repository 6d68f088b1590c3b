package io.tournant.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void aSuiteIsNamedInFullAndACaseInPart() {
        Settings settings = Settings.parse(5, "suites=core|ipc-.*", "cases=batch");
        assertThat(settings.selectsSuite("core")).isTrue();
        assertThat(settings.selectsSuite("ipc-pipe")).isTrue();
        assertThat(settings.selectsSuite("core-more")).isFalse();
        assertThat(settings.selectsCase("core.submit-batch-fixed")).isTrue();
        assertThat(settings.selectsCase("core.submit-one-fixed")).isFalse();
    }

    @Test
    void theModeSaysHowManyRoundsUnlessTheyAreGiven() {
        assertThat(Settings.parse(5, "mode=quick", "rounds=0").rounds()).isEqualTo(1);
        assertThat(Settings.parse(5, "mode=quick", "rounds=3").rounds()).isEqualTo(3);
        assertThat(Settings.parse(5).rounds()).isEqualTo(5);
    }

    @Test
    void argumentsOfTheJvmAreSplitAtSpaces() {
        assertThat(Settings.parse(5, "jvm=-Xmx1g  -Da=b").jvm()).containsExactly("-Xmx1g", "-Da=b");
        assertThat(Settings.parse(5, "jvm=").jvm()).isEmpty();
    }

    @Test
    void anUnknownKeyOrModeIsRefusedByName() {
        assertThatThrownBy(() -> Settings.parse(5, "round=3")).hasMessageContaining("unknown=[round]");
        assertThatThrownBy(() -> Settings.parse(5, "mode=fast")).hasMessageContaining("mode=fast");
    }

    @Test
    void eachRoundBeginsWithTheNextContender() {
        List<String> contenders = List.of("ours", "a", "b");
        assertThat(Rounds.rotated(contenders, 0)).containsExactly("ours", "a", "b");
        assertThat(Rounds.rotated(contenders, 1)).containsExactly("a", "b", "ours");
        assertThat(Rounds.rotated(contenders, 3)).isEqualTo(contenders);
    }

    @Test
    void everyCombinationOfParametersIsACase() {
        assertThat(Catalogue.combinations(Map.of())).containsExactly(Map.of());
        assertThat(Catalogue.combinations(Map.of("size", List.of("1", "2"))))
                .containsExactly(Map.of("size", "1"), Map.of("size", "2"));
    }
}
