package io.tournant.examples.cracker;

import java.io.Console;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a run has come: as a live bar on a terminal, as a few lines elsewhere. */
interface Meter extends AutoCloseable {

    /** Shows that so many candidates have been tried. */
    void show(long tried);

    /** Shows an event, now or at the end. */
    void note(String event);

    /** Ends the display. */
    @Override
    void close();

    /** Opens the display that suits the output of this JVM. */
    static Meter open(String backend, long candidates, PrintWriter out) {
        boolean onTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return onTerminal ? new Bar(backend, candidates) : new Lines(backend, candidates, out);
    }

    /** A bar that is drawn over itself, with the time left and the hashes per second. */
    final class Bar implements Meter {

        private static final int COLUMNS = 79;
        private static final long MILLION = 1_000_000;

        private final ProgressBar bar;
        private final List<String> events = new ArrayList<>();

        Bar(String backend, long candidates) {
            bar = new ProgressBarBuilder()
                    .setTaskName(backend)
                    .setInitialMax(candidates)
                    .setUnit("M", MILLION)
                    .showSpeed()
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(System.out, COLUMNS))
                    .build();
        }

        @Override
        public void show(long tried) {
            bar.stepTo(tried);
        }

        @Override
        public void note(String event) {
            events.add(event);
        }

        @Override
        public void close() {
            bar.close();
            events.forEach(System.out::println);
        }
    }

    /** A line for each quarter, for logs. */
    final class Lines implements Meter {

        private final String backend;
        private final long candidates;
        private final PrintWriter out;
        private final long startNanos = System.nanoTime();
        private long quartersShown;

        Lines(String backend, long candidates, PrintWriter out) {
            this.backend = backend;
            this.candidates = candidates;
            this.out = out;
        }

        @Override
        public void show(long tried) {
            long quarters = 4 * tried / candidates;
            if (quarters > quartersShown) {
                quartersShown = quarters;
                double hashesPerMicrosecond = tried * 1e3 / (System.nanoTime() - startNanos);
                out.printf(
                        Locale.ROOT, "%-22s %3d %%  %6.1f M hashes/s%n", backend, 25 * quarters, hashesPerMicrosecond);
            }
        }

        @Override
        public void note(String event) {
            out.printf("%-22s %s%n", backend, event);
        }

        @Override
        public void close() {}
    }
}
