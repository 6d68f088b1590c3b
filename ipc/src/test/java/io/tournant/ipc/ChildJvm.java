package io.tournant.ipc;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Another JVM that runs a main class of the tests with the classes of this module. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it, with native access; the token goes over standard input. */
    public static ChildJvm start(Class<?> main, Token token, String... arguments) throws IOException {
        return start("--enable-native-access=ALL-UNNAMED", main, token, arguments);
    }

    /** Starts it with another option in the place of native access. */
    public static ChildJvm start(String option, Class<?> main, Token token, String... arguments) throws IOException {
        var child = new ChildJvm(new ProcessBuilder(command(option, main, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        try (var input = child.process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(token.reveal());
            input.newLine();
        }
        return child;
    }

    /** The command line of one. */
    public static List<String> command(String option, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                option,
                "-cp",
                classPath(main),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** What a child reads that was started so. */
    public static Token readToken() throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return Token.parse(input.readLine());
    }

    /** Waits for the next line that the child prints. */
    public String readLine() throws Exception {
        return Waiter.start(output::readLine).result();
    }

    /** Ends it by SIGKILL, without waiting. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits for the end; returns the exit code. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The child lives on: pid=" + process.pid());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String classPath(Class<?> main) {
        return Stream.of(main, Channel.class, LoggerFactory.class)
                .map(ChildJvm::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
