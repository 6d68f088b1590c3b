package io.tournant.examples.cracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManglerTest {

    static List<String> candidates(String word) {
        List<String> candidates = new ArrayList<>();
        Mangler.mangle(word, (buffer, length) -> candidates.add(new String(buffer, 0, length, UTF_8)));
        return candidates;
    }

    private static List<String> allEndings() {
        List<String> endings = new ArrayList<>(List.of("", "!", "!!", "?", ".", "1!", "123", "123!"));
        endings.addAll(List.of("1234", "12345", "123456", "abc", "007"));
        IntStream.rangeClosed(0, 9).forEach(digit -> endings.add("" + digit));
        IntStream.rangeClosed(0, 99).forEach(number -> endings.add("%02d".formatted(number)));
        IntStream.rangeClosed(1950, 2026).forEach(year -> endings.add("" + year));
        IntStream.rangeClosed(2015, 2026).forEach(year -> endings.add(year + "!"));
        return endings;
    }

    @Test
    void everySpellingComesWithEveryEnding() {
        Stream<String> expected = Stream.of(
                        "password", "PASSWORD", "Password", "drowssap", "p455w0rd", "p@$$w0rd", "P455w0rd")
                .flatMap(spelling -> allEndings().stream().map(ending -> spelling + ending));

        assertThat(candidates("password")).containsExactlyInAnyOrderElementsOf(expected.toList());
    }

    @ParameterizedTest
    @CsvSource({
        "AS_IS,            McDonald, McDonald",
        "LOWER,            McDonald, mcdonald",
        "UPPER,            McDonald, MCDONALD",
        "CAPITALISED,      mcDonald, Mcdonald",
        "REVERSED,         McDonald, dlanoDcM",
        "LEET,             Toasties, 70457135",
        "SIGNS,            Toasties, t0@$t!3$",
        "CAPITALISED_LEET, toasties, T0457135",
        "CAPITALISED,      éclair,   Éclair",
        "REVERSED,         éclair,   rialcé",
        "CAPITALISED_LEET, a,        A"
    })
    void aSpellingDoesWhatItsNameSays(Spelling spelling, String word, String expected) {
        assertThat(spelling.of(word)).isEqualTo(expected);
    }

    private static Stream<String> everyHundredthWord() {
        List<String> words = WordList.of(WordList.SHIPPED).words();
        return IntStream.range(0, words.size()).filter(i -> i % 100 == 0).mapToObj(words::get);
    }

    @Test
    void noCandidateComesTwiceForOneWord() {
        assertThat(everyHundredthWord())
                .allSatisfy(word -> assertThat(candidates(word)).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "12", "a1", "A", "AA", "!", "Straße", "ß", "éclair", "\uD83D\uDE00"})
    void noCandidateComesTwiceForAnOddWord(String word) {
        assertThat(candidates(word)).doesNotHaveDuplicates().hasSize(Math.toIntExact(Mangler.count(word)));
    }

    @Test
    void theCountIsThatOfTheCandidates() {
        assertThat(everyHundredthWord())
                .allSatisfy(word -> assertThat(candidates(word)).hasSize(Math.toIntExact(Mangler.count(word))));
    }
}
