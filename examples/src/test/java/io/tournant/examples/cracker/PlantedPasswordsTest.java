package io.tournant.examples.cracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlantedPasswordsTest {

    private static final Map<String, String> WORD_BY_PASSWORD = Map.ofEntries(
            Map.entry("A1999", "A"),
            Map.entry("einstein2020!", "Einstein"),
            Map.entry("aardvark", "aardvark"),
            Map.entry("nogard42", "dragon"),
            Map.entry("éclair07", "éclair"),
            Map.entry("MONKEY123", "monkey"),
            Map.entry("p@$$w0rd", "password"),
            Map.entry("Password1", "password"),
            Map.entry("Sun5h1n37", "sunshine"),
            Map.entry("7ru57w0r7hy!", "trustworthy"),
            Map.entry("Winter2024!", "winter"),
            Map.entry("zygotes2026", "zygotes"));

    @Test
    void eachShippedHashIsThatOfAPasswordInReach() {
        Targets targets = Targets.of(Targets.SHIPPED);

        assertThat(targets.count()).isEqualTo(WORD_BY_PASSWORD.size());
        assertThat(WORD_BY_PASSWORD).allSatisfy((password, word) -> {
            assertThat(targets.contains(Hashes.sha256(password))).isTrue();
            assertThat(ManglerTest.candidates(word)).contains(password);
        });
        assertThat(WordList.of(WordList.SHIPPED).words()).containsAll(WORD_BY_PASSWORD.values());
    }
}
