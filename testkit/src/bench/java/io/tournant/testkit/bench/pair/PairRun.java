package io.tournant.testkit.bench.pair;

import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs a pair once. */
final class PairRun {

    /** Much longer than any run takes; a message that is lost would be waited for for ever. */
    private static final long HANG_SECONDS = 120;

    private static final String RESULT = "[a-z]+:\\d+ .*";

    private PairRun() {}

    /**
     * Returns what it measured.
     *
     * @param prefix what goes in front of the command
     * @param log what its output is appended to
     * @throws IOException if it failed; the message says how
     */
    static Map<Step, Measured> run(Entrant entrant, List<String> prefix, Set<Step> steps, Path log)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(entrant.command());
        steps.forEach(step -> command.add(step.toString()));
        Path output = Files.createTempFile("pair", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = await(process);
            List<String> lines = Files.readAllLines(output);
            Files.write(log, lines, APPEND);
            if (!ended || process.exitValue() != 0) {
                throw new IOException((ended ? "exit status " + process.exitValue() : "hung") + ", " + reason(lines));
            }
            return results(lines, steps);
        } finally {
            Files.delete(output);
        }
    }

    /** Waits for the end; standard input stays open meanwhile, so that the pair ends if this process does. */
    private static boolean await(Process process) throws InterruptedException {
        try {
            return process.waitFor(HANG_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private static Map<Step, Measured> results(List<String> lines, Set<Step> steps) throws IOException {
        Map<Step, Measured> results = new HashMap<>();
        for (String line : lines) {
            if (line.matches(RESULT)) {
                Measured measured = Measured.parse(line);
                results.put(measured.step(), measured);
            }
        }
        if (!results.keySet().containsAll(steps)) {
            throw new IOException("not all steps were measured, " + reason(lines));
        }
        return results;
    }

    /** Returns the line that most likely says why. */
    private static String reason(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("Exception") || line.contains("Error") || line.contains("error"))
                .findFirst()
                .orElse(lines.isEmpty() ? "without a word" : lines.getLast());
    }
}
