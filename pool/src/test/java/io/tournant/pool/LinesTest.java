package io.tournant.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.pool.deque.WorkDeque;
import io.tournant.pool.parking.Parking;
import io.tournant.pool.parking.Spin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

/** What a worker writes lies at least two lines of a cache from what comes before its object and after it. */
class LinesTest {

    private static final long APART = 128;

    private static final List<Class<?>> KEPT_APART = List.of(
            WorkDeque.Apart.class,
            TaskSource.Apart.class,
            Company.Apart.class,
            WorkerCounters.Apart.class,
            Joiner.Apart.class,
            CurrentTask.Apart.class,
            BusyTime.Apart.class,
            PoolState.Apart.class,
            Spin.Apart.class,
            Parking.Apart.class);

    /** In a JVM of its own: whoever asks for offsets needs what the tests are denied. */
    @Test
    void fieldsLieApartFromNeighbours() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djdk.attach.allowAttachSelf=true",
                        "-Djol.skipHotspotSAAttach=true",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LinesTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("looked at " + KEPT_APART.size() + " classes");
    }

    /**
     * Looks where the fields lie.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        KEPT_APART.forEach(LinesTest::check);
        System.out.println("looked at " + KEPT_APART.size() + " classes");
    }

    private static void check(Class<?> type) {
        ClassLayout layout = ClassLayout.parseClass(type);
        assertThat(layout.fields())
                .filteredOn(field -> !isPadding(field))
                .isNotEmpty()
                .allSatisfy(field -> {
                    assertThat(field.offset()).isGreaterThanOrEqualTo(APART);
                    assertThat(layout.instanceSize() - field.offset() - field.size())
                            .isGreaterThanOrEqualTo(APART);
                });
    }

    private static boolean isPadding(FieldLayout field) {
        return field.shortFieldName().endsWith("hole") || field.shortFieldName().matches("(.*\\.)?p[0-9]+");
    }
}
