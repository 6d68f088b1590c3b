package io.tournant.ipc.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables in the comments of the layouts say what the constants say. */
class LayoutTableTest {

    private static final Pattern ROW = Pattern.compile(" \\* +(\\d+) \\| +(\\d+) \\| ([A-Z_]+) +\\|");

    private record Row(String field, int offset, int length) {}

    @ParameterizedTest
    @ValueSource(classes = {FrameLayout.class, HelloLayout.class, WelcomeLayout.class})
    void tableEqualsConstants(Class<?> layout) throws Exception {
        List<Row> table = table(layout);
        assertThat(table).isNotEmpty();
        int end = 0;
        for (Row row : table) {
            assertThat(row.offset()).as("no gap before %s", row.field()).isEqualTo(end);
            assertThat(constant(layout, row.field() + "_OFFSET"))
                    .as(row.field())
                    .isEqualTo(row.offset());
            end = row.offset() + row.length();
        }
        assertThat(constant(layout, layout == FrameLayout.class ? "HEADER_LENGTH" : "LENGTH"))
                .isEqualTo(end);
    }

    private static List<Row> table(Class<?> layout) throws IOException {
        return ROW.matcher(source(layout))
                .results()
                .map(row -> new Row(row.group(3), Integer.parseInt(row.group(1)), Integer.parseInt(row.group(2))))
                .toList();
    }

    private static String source(Class<?> layout) throws IOException {
        String file = "ipc/src/main/java/" + layout.getName().replace('.', '/') + ".java";
        return Files.readString(Path.of(System.getProperty("tournant.root", ".."), file));
    }

    private static int constant(Class<?> layout, String name) throws ReflectiveOperationException {
        Field field = layout.getDeclaredField(name);
        field.setAccessible(true);
        return (int) field.get(null);
    }
}
