package io.tournant.testkit;

import io.tournant.testkit.PromiseResults.Promise;
import io.tournant.testkit.PromiseResults.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Prints which promise was kept on which backend or transport, from what the contracts wrote down when they ran. Every
 * subclass of {@link TaskExecutorContract}, {@link BackendContract}, {@link ExecutorServiceContract} and {@link
 * ChannelContract} writes its results to {@code target/contract}, or to the folder that the system property {@code
 * tournant.contract.results} names. If the system property {@code tournant.build} names the
 * build in which they run, results of another one are left out, and said to be.
 */
public final class PromiseMatrix {

    private final Map<String, Map<String, Map<String, Verdict>>> byContract = new TreeMap<>(); // promise, backend
    private final TreeSet<String> backends = new TreeSet<>();
    private final List<String> leftOut = new ArrayList<>();

    private PromiseMatrix() {}

    /**
     * Prints the matrix of a build.
     *
     * @param args the folder to look into, which may hold the folders of modules, and then the name of the build, or nothing
     *     for whatever is found
     * @throws IOException if the results cannot be read
     */
    public static void main(String[] args) throws IOException {
        PromiseMatrix matrix = new PromiseMatrix();
        String build = args.length > 1 ? args[1] : "";
        for (Path file : files(Path.of(args.length > 0 ? args[0] : "."))) {
            matrix.add(PromiseResults.read(file), build);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(matrix.text());
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root, 5)) {
            return all.filter(file -> file.toString().matches(".*[/\\\\]contract[/\\\\][^/\\\\]+[.]tsv"))
                    .sorted()
                    .toList();
        }
    }

    private void add(PromiseResults results, String build) {
        if (!build.isEmpty() && !build.equals(results.build())) {
            leftOut.add(results.file() + ", of build " + results.build());
            return;
        }
        backends.add(results.backend());
        for (Promise promise : results.promises()) {
            byContract
                    .computeIfAbsent(promise.contract(), contract -> new LinkedHashMap<>())
                    .computeIfAbsent(promise.text(), text -> new TreeMap<>())
                    .put(results.backend(), promise.verdict());
        }
    }

    /** Returns the matrix as text, and in the last line what it comes to. */
    private String text() {
        StringBuilder text =
                new StringBuilder("\nPromises × backends and transports: + kept, - not applicable, X broken\n\n");
        List<String> columns = List.copyOf(backends);
        for (int i = 0; i < columns.size(); i++) {
            text.append("| ".repeat(i)).append(columns.get(i)).append('\n');
        }
        int promises = 0;
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (Map.Entry<String, Map<String, Map<String, Verdict>>> contract : byContract.entrySet()) {
            text.append("\n").append(contract.getKey()).append('\n');
            for (Map.Entry<String, Map<String, Verdict>> row :
                    contract.getValue().entrySet()) {
                promises++;
                for (String column : columns) {
                    Verdict verdict = row.getValue().get(column);
                    text.append(verdict == null ? ' ' : verdict.sign()).append(' ');
                    if (verdict != null) {
                        counts.merge(verdict, 1, Integer::sum);
                    }
                }
                text.append(' ').append(row.getKey()).append('\n');
            }
        }
        leftOut.forEach(file -> text.append("\nLeft out: ").append(file));
        int cells = counts.values().stream().mapToInt(Integer::intValue).sum();
        return text.append(String.format(
                        Locale.ROOT,
                        "%nCONTRACT %d promises × %d backends and transports: %,d cells, %,d kept, %,d not applicable, %,d broken%n",
                        promises,
                        columns.size(),
                        cells,
                        counts.getOrDefault(Verdict.KEPT, 0),
                        counts.getOrDefault(Verdict.NOT_APPLICABLE, 0),
                        counts.getOrDefault(Verdict.BROKEN, 0)))
                .toString();
    }
}
