package io.tournant.examples.cracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Recovered ONE = new Recovered("a".repeat(64), "one");
    private static final Recovered TWO = new Recovered("b".repeat(64), "two");

    private static RunResult run(String backend, long tried, Recovered... recovered) {
        return new RunResult(backend, tried, Duration.ofMillis(2_500), List.of(recovered), 1, 2);
    }

    private static String print(Report report) {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void aRowShowsWhatARunAchieved() {
        String text = print(new Report(1_000_000, 2, List.of(run("process", 1_000_000, ONE, TWO))));

        assertThat(text)
                .contains("aaaaaaaaaaaaaaaa...  one", "bbbbbbbbbbbbbbbb...  two")
                .containsPattern("process +1,000,000 +2\\.5 +400,000 +2/2 +yes +1 +2\n")
                .contains("Every backend tried all 1,000,000 candidates and recovered all 2 passwords.");
    }

    @Test
    void aRunThatMissedAPasswordMakesTheReportIncomplete() {
        Report report = new Report(1_000, 2, List.of(run("pool", 1_000, ONE, TWO), run("process", 1_000, TWO)));

        assertThat(report.isComplete()).isFalse();
        assertThat(print(report)).contains(" 1/2 ", "NOT COMPLETE");
    }

    @Test
    void aRunThatMissedACandidateMakesTheReportIncompleteEvenIfAllPasswordsWereFound() {
        Report report = new Report(1_000, 2, List.of(run("process", 999, ONE, TWO)));

        assertThat(report.isComplete()).isFalse();
        assertThat(print(report)).contains(" NO ", "NOT COMPLETE");
    }
}
