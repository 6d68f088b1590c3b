package io.tournant.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs one target after the other under Jazzer, each in a JVM of its own, and prints a line for each. */
final class FuzzRunner {

    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final String FINDING = "== Java Exception";

    private final Path directory;
    private final int seconds;

    private FuzzRunner(Path directory, int seconds) {
        this.directory = directory;
        this.seconds = seconds;
    }

    /** Arguments: where to keep inputs and logs, the seconds for each target, and which targets, a regular expression. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var runner = new FuzzRunner(Path.of(args[0]), Integer.parseInt(args[1]));
        Pattern selection = Pattern.compile(args[2]);
        List<FuzzTarget> targets = FuzzTarget.all().stream()
                .filter(target -> selection.matcher(target.type().getName()).find())
                .toList();
        boolean good = !targets.isEmpty();
        for (FuzzTarget target : targets) {
            good &= runner.run(target);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(FuzzTarget target) throws IOException, InterruptedException {
        Path home = directory.resolve(target.toString());
        Path corpus = Files.createDirectories(home.resolve("corpus"));
        for (int i = 0; i < target.seeds().size(); i++) {
            Files.write(corpus.resolve("seed-" + i), target.seeds().get(i));
        }
        Path log = home.resolve("log");
        int status = new ProcessBuilder(command(target, corpus))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String text = Files.readString(log);
        Matcher done = DONE.matcher(text);
        if (status != 0 || !done.find()) {
            System.out.println("FUZZ " + target + ": FAILED, status=" + status + ", log=" + log);
            System.out.println(text.substring(Math.max(0, text.indexOf(FINDING))));
            return false;
        }
        long executions = Long.parseLong(done.group(1));
        long rate = executions / Math.max(1, Long.parseLong(done.group(2)));
        System.out.printf(Locale.ROOT, "FUZZ %s: %,d executions, %,d/s%n", target, executions, rate);
        return true;
    }

    private List<String> command(FuzzTarget target, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // Its agent is attached from within, and calls what is native or unsafe.
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes=io.tournant.**",
                // Not its detectors of attacks on what is not called here.
                "--custom_hook_excludes=**",
                "-max_total_time=" + seconds,
                "-max_len=512",
                "-timeout=10",
                corpus.toString());
    }
}
