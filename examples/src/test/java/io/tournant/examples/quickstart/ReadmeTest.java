package io.tournant.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the README to code that compiles. */
class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("tournant.root", ".."));

    private static final Pattern BLOCK =
            Pattern.compile("^## Quick start\\R.*?^```java\\R(.*?)\\R```", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern REGION = Pattern.compile(
            "^ *// @start region=quickstart\\R(.*?)\\R *// @end region=quickstart", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void theQuickStartIsTheCodeThatIsCompiledAndRun() throws IOException {
        String shown = only(BLOCK, ROOT.resolve("README.md"));
        String compiled =
                only(REGION, ROOT.resolve("examples/src/main/java/io/tournant/examples/quickstart/QuickStart.java"));

        assertThat(shown).isEqualTo(compiled.stripIndent());
    }

    private static String only(Pattern pattern, Path file) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(file));
        assertThat(matcher.find()).as("%s matches %s", file, pattern).isTrue();
        return matcher.group(1);
    }
}
