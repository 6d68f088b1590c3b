package io.tournant.ipc.bench;

import io.tournant.testkit.bench.ProcessClock;
import io.tournant.testkit.bench.pair.Measured;
import io.tournant.testkit.bench.pair.Step;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The first process of a pair: starts the second, does the steps, prints what it measured.
 * {@code Driver MEDIUM PRACTICE_MILLIS WARM_MILLIS MEASURE_MILLIS IDLE_MILLIS STEP…}
 */
public final class Driver {

    private static final int BATCH = 16;
    private static final long PACE_NANOS = 1_000_000;
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;

    private final Link link;
    private final ProcessClock own = ProcessClock.open();
    private final ProcessClock others;
    private final Link.Receiver receiver = this::take;
    private long sent;
    private long received;
    /** How often this thread slept until the next round trip was due. */
    private long pauses;

    private Driver(Link link, ProcessClock others) {
        this.link = link;
        this.others = others;
    }

    /** Runs it. */
    public static void main(String... arguments) throws Exception {
        Echo.haltAtEndOf(System.in);
        Path directory = Files.createTempDirectory(Path.of(System.getProperty("tournant.bench.shared")), "bench");
        Medium.Host host = Medium.of(arguments[0]).host(directory);
        Process echo = start(arguments[0]);
        try {
            echo.getOutputStream().write((host.address() + "\n").getBytes(StandardCharsets.UTF_8));
            echo.getOutputStream().flush();
            Link link = host.accept(echo);
            long[] millis =
                    Arrays.stream(arguments, 1, 5).mapToLong(Long::parseLong).toArray();
            List<Step> steps = Arrays.stream(arguments).skip(5).map(Step::parse).toList();
            new Driver(link, ProcessClock.of(echo.toHandle())).measure(steps, millis);
        } finally {
            echo.destroyForcibly().waitFor();
            delete(directory);
        }
        Runtime.getRuntime().halt(0); // peers have threads that go on
    }

    private static Process start(String medium) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Echo.class.getName(), medium));
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void measure(List<Step> steps, long[] millis) throws Exception {
        // All that is to come is compiled first, since a step by itself is too short for that.
        List<Step> practice = steps.stream()
                .filter(step -> step.pattern() != Step.Pattern.IDLE)
                .toList();
        for (Step step : practice) {
            run(step, millis[0] / practice.size());
        }
        for (Step step : steps) {
            boolean idle = step.pattern() == Step.Pattern.IDLE;
            run(step, millis[1]);
            System.out.println(new Measured(step, run(step, millis[idle ? 3 : 2])));
        }
    }

    private Map<String, Double> run(Step step, long millis) throws Exception {
        byte[] message = new byte[step.length()];
        return switch (step.pattern()) {
            case RTT -> roundTrips(message, millis, false);
            case PACED -> roundTrips(message, millis, true);
            case THROUGHPUT -> Map.of("rate", throughput(message, millis));
            case IDLE -> Map.of("busy", idle(message, millis));
        };
    }

    private Map<String, Double> roundTrips(byte[] message, long millis, boolean paced) throws Exception {
        Histogram histogram = new Histogram(3);
        long sleeps = sleeps();
        long pausesBefore = pauses;
        long cpu = own.nanos() + others.nanos();
        long start = System.nanoTime();
        long before = start;
        while (before - start < millis * MILLI) {
            if (paced) {
                before = awaitTime(start + (histogram.getTotalCount() + 1) * PACE_NANOS);
            }
            send(message, Payload.ECHO, 0);
            receive();
            long after = System.nanoTime();
            histogram.recordValue(after - before);
            before = after;
        }
        double count = histogram.getTotalCount();
        Map<String, Double> values = new TreeMap<>();
        values.put("cpu", (own.nanos() + others.nanos() - cpu) / count);
        values.put("sleeps", (sleeps() - sleeps - (pauses - pausesBefore)) / count);
        values.put("p50", (double) histogram.getValueAtPercentile(50));
        values.put("p99", (double) histogram.getValueAtPercentile(99));
        return values;
    }

    private double throughput(byte[] message, long millis) throws Exception {
        long count = 1;
        long start = System.nanoTime();
        do {
            for (int i = 0; i < BATCH; i++) {
                send(message, Payload.TAKE, 0);
            }
            count += BATCH;
        } while (System.nanoTime() - start < millis * MILLI);
        send(message, Payload.ANSWER, 0);
        receive();
        return count * SECOND / (System.nanoTime() - start);
    }

    /** Returns percent of a processor. */
    private double idle(byte[] message, long millis) throws Exception {
        send(message, Payload.LATER, millis);
        long cpu = own.nanos() + others.nanos();
        long start = System.nanoTime();
        receive();
        return 100.0 * (own.nanos() + others.nanos() - cpu) / (System.nanoTime() - start);
    }

    private void send(byte[] message, int kind, long argument) throws Exception {
        Payload.write(message, kind, sent++, argument);
        link.send(message);
    }

    private void receive() throws Exception {
        long expected = received + 1;
        while (received < expected) {
            link.receive(receiver);
        }
    }

    private void take(long word, long argument, int length) {
        if (Payload.number(word) != received++) {
            throw new IllegalStateException("An answer is lost: expected=" + (received - 1) + " came=" + word);
        }
    }

    private long awaitTime(long time) {
        long now = System.nanoTime();
        while (now < time) {
            LockSupport.parkNanos(time - now);
            pauses++;
            now = System.nanoTime();
        }
        return now;
    }

    /** Returns how often this thread has given up its processor to wait. */
    private static long sleeps() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/thread-self/status"))) {
            return lines.filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
