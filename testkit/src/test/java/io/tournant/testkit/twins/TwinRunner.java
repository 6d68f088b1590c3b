package io.tournant.testkit.twins;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Shows that the stress tests of a module catch the defects of its twins.
 *
 * <p>A program of its own, started from its source by profile {@code jcstress-twins}: the module that it examines need
 * not depend on this one, on which it could not without a cycle.
 */
final class TwinRunner {
    /**
     * Most defects show within a second in a JVM as it comes, so one such JVM is tried first: most of the time goes into
     * starting JVMs, and all ways to compile a test mean 14 of them. What is seldom seen is given all of these, and minutes.
     * No heap is touched ahead, to save time.
     */
    private static final List<String> ATTEMPTS = List.of(
            "-m quick -pth false -iters 5 -time 100 -sc false -jvmArgs -XX:-UsePerfData",
            "-m quick -pth false -iters 1 -time 100",
            "-m quick -pth false -iters 5 -time 200",
            "-m quick -pth false -iters 10 -time 200 -f 2 -fsm 2");

    private static final Duration HANGS = Duration.ofMinutes(10);

    private final Twins twins;
    private final String classPath;
    private int total;
    private int caught;

    private TwinRunner(Twins twins, String classPath) {
        this.twins = twins;
        this.classPath = classPath;
    }

    /** Arguments: the module's directory, its class path with jcstress, and which tests, a regular expression. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path module = Path.of(args[0]).toAbsolutePath();
        Twins twins = Twins.of(module);
        List<String> violations = twins.violations();
        violations.forEach(System.out::println);
        TwinRunner runner = new TwinRunner(twins, args[1]);
        if (violations.isEmpty()) {
            runner.run(Pattern.compile(args[2]));
        }
        System.out.println("TWINS " + module.getFileName() + ": " + runner.caught + " of " + runner.total + " caught");
        System.exit(violations.isEmpty() && runner.caught == runner.total ? 0 : 1);
    }

    private void run(Pattern selection) throws IOException, InterruptedException {
        for (Twin twin : twins.twins()) {
            for (String test : twin.tests()) {
                String className = className(twins.stressTests().get(test));
                if (selection.matcher(className).find()) {
                    run(twin, test, className);
                }
            }
        }
    }

    private void run(Twin twin, String test, String className) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Path directory =
                twins.module().resolve("target/twins").resolve(twin.name()).resolve(test);
        String result = judge(twin, test, className, directory);
        total++;
        if (result.startsWith("caught")) {
            caught++;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        System.out.println("TWIN " + twins.module().getFileName() + " " + test + " " + twin.name() + " " + result
                + " in " + seconds + "s");
    }

    private String judge(Twin twin, String test, String className, Path directory)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        if (!compile(twin, test, directory)) {
            return "NOT CAUGHT (it does not compile)";
        }
        for (String attempt : ATTEMPTS) {
            Optional<Verdict> verdict = stress(className, attempt, directory);
            if (verdict.isEmpty()) {
                return "NOT CAUGHT (it hangs, see " + directory + ")";
            }
            Verdict seen = verdict.get();
            if (seen.caught()) {
                return "caught (" + seen.failed() + " of " + seen.planned() + " configurations, " + seen.outcome()
                        + ")";
            }
        }
        return "NOT CAUGHT (see " + directory + ")";
    }

    /** Compiles the broken class, the test, and what jcstress makes of it, into a directory of their own. */
    private boolean compile(Twin twin, String test, Path directory) throws IOException {
        Path source = twins.sourceOf(twin);
        Path seeded = directory.resolve("seeded").resolve(source.getFileName());
        Files.createDirectories(seeded.getParent());
        Files.writeString(seeded, twin.seededInto(source, Twins.read(source)));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-cp", classPath));
        arguments.addAll(List.of("-proc:full", "-nowarn", "-implicit:class", "-sourcepath"));
        arguments.add(twins.module().resolve("src/jcstress/java").toString());
        arguments.add(seeded.toString());
        Path stressTest = twins.stressTests().get(test);
        if (!stressTest.equals(source)) {
            arguments.add(stressTest.toString());
        }
        return ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) == 0;
    }

    /** Returns what jcstress said, or nothing if it hung. */
    private Optional<Verdict> stress(String className, String attempt, Path directory)
            throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(directory.resolve("classes") + File.pathSeparator + classPath);
        command.addAll(
                List.of("org.openjdk.jcstress.Main", "-t", "^" + Pattern.quote(className) + "$", "-r", "report"));
        command.addAll(List.of(attempt.split(" ")));
        Path log = directory.resolve("jcstress.log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(HANGS.toSeconds(), TimeUnit.SECONDS);
            return ended ? Optional.of(Verdict.of(className, process.exitValue(), Twins.read(log))) : Optional.empty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private String className(Path stressTest) {
        String path = twins.module()
                .resolve("src/jcstress/java")
                .relativize(stressTest)
                .toString();
        return path.replace(".java", "").replace(File.separatorChar, '.');
    }
}
