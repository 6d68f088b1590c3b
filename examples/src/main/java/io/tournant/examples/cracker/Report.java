package io.tournant.examples.cracker;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is printed at the end, and whether it is what it should be.
 *
 * @param candidates how many candidates there are; each run must have tried exactly as many
 * @param targets how many passwords are wanted; each run must have recovered all
 * @param runs what the runs brought
 */
record Report(long candidates, int targets, List<RunResult> runs) {

    private static final String COLUMNS = "%-22s %12s %8s %11s %10s %10s %13s %8s%n";

    /** Tells whether every run recovered every password and missed no candidate. */
    boolean isComplete() {
        return runs.stream().allMatch(run -> triedAll(run) && recoveredAll(run));
    }

    private boolean triedAll(RunResult run) {
        return run.tried() == candidates;
    }

    private boolean recoveredAll(RunResult run) {
        return run.recovered().size() == targets;
    }

    /** Prints the passwords, the table and the verdict. */
    void print(PrintWriter out) {
        out.println();
        passwords().forEach((hash, password) -> out.println(hash.substring(0, 16) + "...  " + password));
        out.println();
        out.printf(
                COLUMNS,
                "backend",
                "hashes",
                "seconds",
                "hashes/s",
                "recovered",
                "all tried",
                "workers lost",
                "retried");
        runs.forEach(run -> printRow(run, out));
        out.println();
        out.println(verdict());
    }

    private Map<String, String> passwords() {
        Map<String, String> byHash = new TreeMap<>();
        runs.forEach(run -> run.recovered().forEach(found -> byHash.put(found.hash(), found.password())));
        return byHash;
    }

    private void printRow(RunResult run, PrintWriter out) {
        out.printf(
                COLUMNS,
                run.backend(),
                grouped(run.tried()),
                String.format(Locale.ROOT, "%.1f", run.seconds()),
                grouped(Math.round(run.hashesPerSecond())),
                run.recovered().size() + "/" + targets,
                triedAll(run) ? "yes" : "NO",
                run.workersLost(),
                run.retried());
    }

    private String verdict() {
        String goal = "%s candidates and recovered all %d passwords.".formatted(grouped(candidates), targets);
        return isComplete() ? "Every backend tried all " + goal : "NOT COMPLETE: not every backend tried all " + goal;
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
