package io.tournant.examples.cracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {

    @TempDir
    private Path directory;

    private Source file(String... lines) throws IOException {
        return new Source.InFile(Files.write(Files.createTempFile(directory, "hashes", ""), List.of(lines)));
    }

    @Test
    void wantedHashesAreFoundAndOthersAreNot() throws IOException {
        String[] wanted =
                IntStream.range(0, 1000).mapToObj(i -> Hashes.hex("wanted" + i)).toArray(String[]::new);

        Targets targets = Targets.of(file(wanted));

        assertThat(targets.count()).isEqualTo(1000);
        assertThat(IntStream.range(0, 1000)).allMatch(i -> targets.contains(Hashes.sha256("wanted" + i)));
        assertThat(IntStream.range(0, 1000)).noneMatch(i -> targets.contains(Hashes.sha256("other" + i)));
    }

    @Test
    void hashesThatBeginAlikeAreToldApart() throws IOException {
        byte[] hash = Hashes.sha256("secret");
        Targets targets = Targets.of(file(Hashes.hex("secret")));
        hash[31] ^= 1;

        assertThat(targets.contains(hash)).isFalse();
    }

    @Test
    void commentsBlankLinesNamesAndRepetitionsAreAllowed() throws IOException {
        Targets targets = Targets.of(file(
                "# a comment",
                "",
                Hashes.hex("secret") + "  -",
                Hashes.hex("secret").toUpperCase(Locale.ROOT)));

        assertThat(targets.count()).isEqualTo(1);
        assertThat(targets.contains(Hashes.sha256("secret"))).isTrue();
    }

    @Test
    void aLineThatIsNoHashIsNamed() throws IOException {
        Source source = file(Hashes.hex("secret"), "letmein");

        assertThatThrownBy(() -> Targets.of(source))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("line=letmein hashes=" + source);
    }

    @Test
    void aFileWithoutHashesAndAMissingFileAreReported() throws IOException {
        Source empty = file("# nothing");
        Source missing = new Source.InFile(directory.resolve("missing"));

        assertThatThrownBy(() -> Targets.of(empty)).hasMessageContaining("no hash to look for: hashes=" + empty);
        assertThatThrownBy(() -> Targets.of(missing)).hasMessageContaining("cannot be read: hashes=" + missing);
    }
}
