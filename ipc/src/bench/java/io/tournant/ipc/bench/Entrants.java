package io.tournant.ipc.bench;

import io.tournant.testkit.bench.Settings;
import io.tournant.testkit.bench.pair.Entrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The commands of all who take part; builds what has to be built. */
final class Entrants implements AutoCloseable {

    private static final Path SOURCES = Path.of(System.getProperty("tournant.bench.sources"));

    /** What Agrona asks for, and Aeron with it. */
    private static final List<String> AGRONA = List.of("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    /** What Chronicle's manual asks for. */
    private static final List<String> CHRONICLE = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.disk.monitor.disable=true");

    private final List<String> jvm;
    private final List<String> millis;
    private final List<String> millisOfJvms;
    private final Path shared;
    private final String reasonAgainstC;

    Entrants(Settings settings) throws IOException, InterruptedException {
        boolean quick = settings.mode() == Settings.Mode.QUICK;
        millis = quick ? List.of("50", "150") : List.of("150", "350");
        millisOfJvms = quick ? List.of("1000", "50", "150", "2000") : List.of("2000", "150", "350", "10000");
        jvm = settings.jvm();
        Path memory = Path.of("/dev/shm");
        shared = Files.createTempDirectory(
                Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir")), "tournant-bench");
        reasonAgainstC =
                run("cc", "-O2", "-o", "limits", SOURCES.resolve("c/limits.c").toString(), "-lrt");
    }

    /**
     * Returns them.
     *
     * @param spin whether those that leave it to their users how to wait do so without a pause
     */
    List<Entrant> all(List<String> names, boolean spin) throws IOException, InterruptedException {
        List<Entrant> all = new ArrayList<>();
        for (String name : names) {
            all.add(of(name, spin));
        }
        return all;
    }

    private Entrant of(String name, boolean spin) throws IOException, InterruptedException {
        return switch (name) {
            case "agrona", "aeron" -> jvms(name, spin, AGRONA);
            case "chronicle" -> jvms(name, spin, CHRONICLE);
            case "python" -> python();
            case "cSocket", "cPipe", "cQueue", "cRing" -> c(name);
            default -> jvms(name, spin, List.of());
        };
    }

    private Entrant jvms(String name, boolean spin, List<String> options) {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dtournant.bench.spins=" + spin,
                "-Dtournant.bench.shared=" + shared));
        command.addAll(options);
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Driver.class.getName(), name));
        command.addAll(millisOfJvms);
        return Entrant.of(name, command);
    }

    private Entrant python() throws IOException, InterruptedException {
        String reason = run("python3", "-c", "import multiprocessing");
        List<String> command = new ArrayList<>(
                List.of("python3", SOURCES.resolve("python/limits.py").toString()));
        command.addAll(millis);
        return reason.isEmpty() ? Entrant.of("python", command) : Entrant.leftOut("python", reason);
    }

    private Entrant c(String name) {
        List<String> command = new ArrayList<>(List.of(
                Path.of("limits").toAbsolutePath().toString(), name.substring(1).toLowerCase(Locale.ROOT)));
        command.addAll(millis);
        return reasonAgainstC.isEmpty() ? Entrant.of(name, command) : Entrant.leftOut(name, reasonAgainstC);
    }

    /** Returns why a command does not work, or nothing if it does. */
    private static String run(String... command) throws InterruptedException {
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            return status == 0 ? "" : "exit status " + status + " of " + Arrays.asList(command);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Removes what pairs that were killed have left. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(shared)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
