package io.tournant.examples.cracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordListTest {

    @TempDir
    private Path directory;

    @Test
    void theShippedListIsThatOfDebian() {
        assertThat(WordList.of(WordList.SHIPPED).words())
                .hasSize(104_334)
                .startsWith("A", "AA", "AAA")
                .contains("éclair")
                .endsWith("zygote's", "zygotes");
    }

    @Test
    void aFileIsReadOncePerJvmWithoutItsEmptyLines() throws IOException {
        Path file = Files.writeString(directory.resolve("words"), "one\n\ntwo\r\nthree");
        WordList words = WordList.of(new Source.InFile(file));
        Files.delete(file);

        assertThat(words.words()).containsExactly("one", "two", "three");
        assertThat(WordList.of(new Source.InFile(file))).isSameAs(words);
    }

    @Test
    void whereAListIsMissingTheMessageSaysWhereToGetOne() {
        Source missing = new Source.InFile(directory.resolve("missing"));

        assertThatThrownBy(() -> WordList.of(missing))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(missing.toString(), "one word a line", "wamerican", "wamerican-huge");
    }

    @Test
    void anEmptyListIsRefused() throws IOException {
        Source empty = new Source.InFile(Files.createFile(directory.resolve("empty")));

        assertThatThrownBy(() -> WordList.of(empty)).hasMessageContaining("holds no word: words=" + empty);
    }
}
