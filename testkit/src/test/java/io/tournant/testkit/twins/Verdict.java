package io.tournant.testkit.twins;

import java.util.Comparator;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What jcstress said of a test.
 *
 * @param caught whether it failed because of a forbidden outcome; a crash, a hang or no test at all is not that
 * @param failed in how many configurations
 * @param planned of how many
 * @param outcome the forbidden outcome seen in most of them, empty if there is none
 */
record Verdict(boolean caught, int failed, int planned, String outcome) {
    /** The last of them counts. */
    private static final Pattern COUNTS = Pattern.compile("\\(Results: (\\d+) planned; \\d+ passed, (\\d+) failed");

    static Verdict of(String test, int exitCode, String log) {
        int failed = 0;
        int planned = 0;
        for (MatchResult counts : COUNTS.matcher(log).results().toList()) {
            planned = Integer.parseInt(counts.group(1));
            failed = Integer.parseInt(counts.group(2));
        }
        // A line for each configuration and forbidden outcome, in the exception that ends the run.
        String line = "^" + Pattern.quote(test) + " \\[.*: Observed forbidden state: (.*?) \\(";
        Map<String, Long> outcomes = Pattern.compile(line, Pattern.MULTILINE)
                .matcher(log)
                .results()
                .collect(Collectors.groupingBy(found -> found.group(1), Collectors.counting()));
        String outcome = outcomes.entrySet().stream()
                .max(Comparator.comparing(Map.Entry<String, Long>::getValue).thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse("");
        return new Verdict(exitCode == 1 && failed > 0 && !outcomes.isEmpty(), failed, planned, outcome);
    }
}
