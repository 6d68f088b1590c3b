package io.tournant.examples.cracker;

import io.tournant.core.TaskExecutor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Recovers passwords from their SHA-256 hashes with a list of words and the usual ways to disguise one. It does so once
 * on each backend given, with the same tasks, and ends with a table of what each achieved.
 *
 * <p>The exit code is 0 if every backend recovered every password and missed no candidate, 1 if not, 2 if something
 * given cannot be used.
 */
@Command(
        name = "cracker",
        description = "Recovers passwords from SHA-256 hashes: the same tasks on each backend given.",
        version = "cracker, the main example of Tournant",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Cracker implements Callable<Integer> {

    /** Makes chunks of some 50 milliseconds. */
    private static final int WORDS_PER_CHUNK = 400;

    private final PrintWriter out;

    @Option(
            names = "--words",
            paramLabel = "FILE",
            defaultValue = "${sys:words:-}",
            description =
                    "Words to try, one a line. Default: the system property words, else a list of 104,334 shipped.")
    private String words = "";

    @Option(
            names = "--hashes",
            paramLabel = "FILE",
            description = "SHA-256 hashes in hex, one a line. Default: a few whose passwords are in reach.")
    private String hashes = "";

    @Parameters(
            paramLabel = "BACKEND",
            description = "As TaskExecutor.open takes it. Default: platform, virtual, pool and process on all cores.")
    private List<String> backends = new ArrayList<>();

    private Cracker(PrintWriter out) {
        this.out = out;
    }

    /**
     * Runs the program and exits.
     *
     * @param args options and backends; {@code --help} tells which
     */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(commandLine(out, err).execute(args));
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Cracker(out))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    if (exception instanceof BadInputException) {
                        command.getErr().println(exception.getMessage());
                        return ExitCode.USAGE;
                    }
                    throw exception;
                });
    }

    @Override
    public Integer call() {
        List<String> specs = backends.isEmpty() ? defaultBackends() : backends;
        specs.forEach(Cracker::requireKnown);
        Source wordSource = words.isEmpty() ? WordList.SHIPPED : new Source.InFile(Path.of(words));
        Source hashSource = hashes.isEmpty() ? Targets.SHIPPED : new Source.InFile(Path.of(hashes));
        Report report = crack(wordSource, hashSource, specs);
        report.print(out);
        return report.isComplete() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static List<String> defaultBackends() {
        int cores = Runtime.getRuntime().availableProcessors();
        return List.of("platform?threads=" + cores, "virtual", "pool?parallelism=" + cores, "process?workers=" + cores);
    }

    /** Opens a backend and closes it, so that a misspelt last one is reported before the first one has run. */
    private static void requireKnown(String backend) {
        try {
            TaskExecutor.open(backend).close();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private Report crack(Source wordSource, Source hashSource, List<String> specs) {
        WordList list = WordList.of(wordSource);
        int targets = Targets.of(hashSource).count();
        long candidates = list.candidates();
        List<Chunk> chunks = Chunk.split(wordSource, hashSource, WORDS_PER_CHUNK);
        out.printf(
                Locale.ROOT,
                "%,d words of %s make %,d candidates in %,d chunks for %d hashes of %s%n%n",
                list.words().size(),
                wordSource,
                candidates,
                chunks.size(),
                targets,
                hashSource);
        return new Report(candidates, targets, runAll(specs, chunks, candidates));
    }

    private List<RunResult> runAll(List<String> specs, List<Chunk> chunks, long candidates) {
        List<RunResult> results = new ArrayList<>();
        for (String backend : specs) {
            try (Meter meter = Meter.open(backend, candidates, out)) {
                results.add(BackendRun.on(backend, chunks, candidates, meter));
            }
        }
        return results;
    }
}
