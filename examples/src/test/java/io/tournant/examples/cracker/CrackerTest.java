package io.tournant.examples.cracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.examples.ChildJvm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrackerTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int crack(String... arguments) {
        return Cracker.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    }

    private String words() throws IOException {
        return Files.write(directory.resolve("words"), List.of("dragon", "monkey", "winter"))
                .toString();
    }

    private String hashesOf(String... passwords) throws IOException {
        List<String> hashes = List.of(passwords).stream().map(Hashes::hex).toList();
        return Files.write(directory.resolve("hashes"), hashes).toString();
    }

    @Test
    void theTableHasARowForEachBackendThatShowsAllPasswords() throws IOException {
        int exitCode = crack(
                "--words", words(), "--hashes", hashesOf("Winter2024!", "nogard"), "direct", "platform?threads=2");

        assertThat(out.toString())
                .containsPattern("direct .* 2/2 +yes +0 +0\n")
                .containsPattern("platform\\?threads=2 .* 2/2 +yes +0 +0\n")
                .contains("...  Winter2024!", "...  nogard");
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
    }

    @Test
    void aPasswordOutOfReachEndsInExitCodeOne() throws IOException {
        int exitCode = crack("--words", words(), "--hashes", hashesOf("Winter2024!", "correct horse"), "direct");

        assertThat(out.toString()).contains(" 1/2 ", "NOT COMPLETE");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void anUnknownBackendIsRefusedWithTheKnownOnesBeforeTheFirstIsRun() throws IOException {
        int exitCode = crack("--words", words(), "direct", "warp");

        assertThat(err.toString()).contains("name=warp", "direct", "platform", "virtual");
        assertThat(out.toString()).isEmpty();
        assertThat(exitCode).isEqualTo(2);
    }

    @Test
    void aMisspeltKeyOfABackendIsRefusedWithTheKnownOnes() {
        int exitCode = crack("platform?thread=2");

        assertThat(err.toString()).contains("key=thread", "known=[threads]");
        assertThat(exitCode).isEqualTo(2);
    }

    @Test
    void aMissingWordListIsReportedWithAdviceAndNothingElse() {
        int exitCode = crack("--words", directory.resolve("missing").toString(), "direct");

        assertThat(err.toString())
                .startsWith("The word list cannot be read")
                .contains("wamerican")
                .doesNotContain("\tat ");
        assertThat(exitCode).isEqualTo(2);
    }

    @Test
    void anUnknownOptionEndsInExitCodeTwo() {
        assertThat(crack("--wrods", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("--wrods");
    }

    @Test
    void itRunsAsAModuleWithWorkersInProcesses() throws Exception {
        ChildJvm.Result result = ChildJvm.onModulePath(
                Cracker.class, "--words", words(), "--hashes", hashesOf("MONKEY123"), "pool", "process?workers=1");

        assertThat(result.output())
                .containsPattern("pool .* 1/1 +yes ")
                .containsPattern("process\\?workers=1 .* 1/1 +yes ");
        assertThat(result.exitCode()).isZero();
    }
}
