package io.tournant.ipc.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.ipc.mapped.RecordLayout;
import io.tournant.ipc.mapped.RingLayout;
import io.tournant.ipc.mapped.SharedBufferLayout;
import io.tournant.ipc.queue.QueueOfferLayout;
import io.tournant.ipc.socket.PathOfferLayout;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables in the comments of the layouts and in DESIGN.md say what the constants say. */
class LayoutTableTest {

    private static final Path MODULE =
            Path.of(System.getProperty("tournant.root", "..")).resolve("ipc");
    private static final Pattern ROW = Pattern.compile("[*|] +(\\d+) \\| +(\\d+) \\| ([A-Z_]+) +\\|");

    private record Row(String field, int offset, int length) {}

    static Stream<Class<?>> layouts() {
        return Stream.of(
                FrameLayout.class,
                HelloLayout.class,
                WelcomeLayout.class,
                PathOfferLayout.class,
                RingLayout.class,
                RecordLayout.class,
                SharedBufferLayout.class,
                QueueOfferLayout.class);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void theTableInTheCommentEqualsTheConstants(Class<?> layout) throws Exception {
        Path source = Path.of("src/main/java", layout.getName().replace('.', '/') + ".java");
        assertEqualsConstants(layout, Files.readString(MODULE.resolve(source)));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void theTableInTheDesignEqualsTheConstants(Class<?> layout) throws Exception {
        assertEqualsConstants(layout, section("(`" + layout.getSimpleName() + "`)"));
    }

    private static void assertEqualsConstants(Class<?> layout, String text) throws Exception {
        List<Row> table = ROW.matcher(text)
                .results()
                .map(row -> new Row(row.group(3), Integer.parseInt(row.group(1)), Integer.parseInt(row.group(2))))
                .toList();
        assertThat(table).isNotEmpty();
        int end = 0;
        for (Row row : table) {
            assertThat(row.offset()).as("no gap before %s", row.field()).isEqualTo(end);
            assertThat(constant(layout, row.field() + "_OFFSET"))
                    .as(row.field())
                    .isEqualTo(row.offset());
            end = row.offset() + row.length();
        }
        boolean header = layout == FrameLayout.class || layout == RecordLayout.class;
        assertThat(constant(layout, header ? "HEADER_LENGTH" : "LENGTH")).isEqualTo(end);
    }

    /** The part of DESIGN.md from the heading that names something to the next. */
    private static String section(String name) throws IOException {
        String design = Files.readString(MODULE.resolve("DESIGN.md"));
        int start = design.indexOf(name);
        assertThat(start).as("a heading with %s", name).isPositive();
        return design.substring(start, design.indexOf("\n#", start));
    }

    private static int constant(Class<?> layout, String name) throws ReflectiveOperationException {
        Field field = layout.getDeclaredField(name);
        field.setAccessible(true);
        return (int) field.get(null);
    }
}
