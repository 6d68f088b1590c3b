package io.tournant.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts {@code java} as a user would, and returns what it printed. */
public final class ChildJvm {

    /** The modules of the programs on the class path of the tests; some test frameworks would resolve as modules too. */
    private static final Pattern MODULES = Pattern.compile(
            ".*/(core|pool|ipc|examples)/target/(classes|[^/]*\\.jar)|.*/(picocli|progressbar|jline|slf4j|jctools)[^/]*\\.jar");

    private ChildJvm() {}

    /** What a child printed to both streams, and its exit code. */
    public record Result(int exitCode, String output) {}

    /** Runs a main class on the class path of this test. */
    public static Result onClassPath(Class<?> main, String... args) throws IOException, InterruptedException {
        return run(List.of("-cp", System.getProperty("java.class.path"), main.getName()), args);
    }

    /** Runs a main class as part of its module, on the module path. */
    public static Result onModulePath(Class<?> main, String... args) throws IOException, InterruptedException {
        return run(List.of("-p", modulePath(), "-m", "io.tournant.examples/" + main.getName()), args);
    }

    private static String modulePath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> MODULES.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Result run(List<String> start, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(start);
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output);
    }
}
