package io.tournant.pool.seeded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * A class of the library with a defect: its source is changed, compiled, and checked by a JVM of its own that finds it
 * before the real one.
 *
 * @param brokenClass the class
 * @param name what is wrong with it
 * @param line what stands in its source, once
 * @param seeded what is put there instead
 */
public record Defect(Class<?> brokenClass, String name, String line, String seeded) {

    /** Fails unless the defect leads to results that no order of the operations explains. */
    public void isCaughtBy(Class<?> operations, Class<?> specification) throws IOException, InterruptedException {
        Path directory = Path.of("target", "lincheck", brokenClass.getSimpleName() + "-" + name);
        compile(directory);
        Path log = directory.resolve("log");
        Process checker = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+EnableDynamicAgentLoading",
                        "-Xmx1g",
                        "-cp",
                        directory + File.pathSeparator + classPath(),
                        Lincheck.class.getName(),
                        operations.getName(),
                        specification.getName()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(checker.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(checker.exitValue())
                    .as("Lincheck should have found the defect. class=%s defect=%s log=%s", brokenClass, name, log)
                    .isEqualTo(Lincheck.NO_ORDER);
        } finally {
            checker.destroyForcibly();
        }
        System.out.printf("LINCHECK %s %s: error found as seeded%n", Lincheck.nameOf(operations), name);
    }

    private void compile(Path directory) throws IOException {
        String source =
                Files.readString(Path.of("src/main/java", brokenClass.getName().replace('.', '/') + ".java"));
        assertThat(source.split(Pattern.quote(line), -1))
                .as("The line stands in the source once. class=%s line=%s", brokenClass, line)
                .hasSize(2);
        Path changed = directory.resolve(brokenClass.getSimpleName() + ".java");
        Files.createDirectories(directory);
        Files.writeString(changed, source.replace(line, seeded));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        classPath(),
                        "-d",
                        directory.toString(),
                        changed.toString());
        assertThat(status).as("exit status of javac").isZero();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
