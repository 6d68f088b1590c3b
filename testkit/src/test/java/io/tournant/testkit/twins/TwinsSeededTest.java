package io.tournant.testkit.twins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of the twins has been seen to fail: a small module with one error of each kind. */
class TwinsSeededTest {
    private static final String BOX = """
            class Box {
                int a = taken(1);
                int b = taken(2);
            }
            """;

    private static final String TWIN = """
            The first is
            not taken.
            Caught by: BoxStress, LidStress

            - int a = taken(1);
            + int a = 1;
            """;

    @TempDir
    Path module;

    @BeforeEach
    void aModuleInOrder() throws IOException {
        write("src/main/java/box/Box.java", BOX);
        write("src/jcstress/java/box/BoxStress.java", "class BoxStress {}");
        write("src/jcstress/java/box/LidStress.java", "class LidStress {}");
        write("src/jcstress/twins/Box/not-taken.twin", TWIN);
    }

    private void write(String file, String text) throws IOException {
        Path path = module.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void assertOne(String... words) {
        assertThat(Twins.of(module).violations()).singleElement().asString().contains(words);
    }

    @Test
    void whatIsInOrderPasses() {
        Twins twins = Twins.of(module);
        assertThat(twins.violations()).isEmpty();
        Twin twin = twins.twins().get(0);
        assertThat(twin.name()).isEqualTo("Box/not-taken");
        assertThat(twin.defect()).isEqualTo("The first is not taken.");
        assertThat(twin.seededInto(twins.sourceOf(twin), BOX)).isEqualTo(BOX.replace("a = taken(1)", "a = 1"));
    }

    @Test
    void aStressTestWithoutATwinIsFound() throws IOException {
        write("src/jcstress/java/box/HingeStress.java", "class HingeStress {}");
        assertOne("twins: test=HingeStress");
    }

    @Test
    void aTwinWithoutItsTestIsFound() throws IOException {
        write("src/jcstress/twins/Box/not-taken.twin", TWIN.replace("LidStress", "LidStress, ShelfStress"));
        assertOne("twin=Box/not-taken", "test=ShelfStress");
    }

    @Test
    void aSeedThatDoesNotFitAnyMoreIsFound() throws IOException {
        write("src/main/java/box/Box.java", BOX.replace("taken(1)", "taken(3)"));
        assertOne("twin=Box/not-taken", "found=0");
    }

    @Test
    void aSeedThatFitsTwiceIsFound() throws IOException {
        write("src/main/java/box/Box.java", BOX.replace("int b = taken(2)", "int a = taken(1)"));
        assertOne("twin=Box/not-taken", "found=2");
    }

    @Test
    void aTwinOfNoClassIsFound() throws IOException {
        write("src/jcstress/twins/Shelf/not-taken.twin", TWIN);
        assertOne("twin=Shelf/not-taken", "found=[]");
    }

    @Test
    void linesAreComparedWithoutTheirIndentation() {
        Twin twin = Twin.parse("Box/both", """
                Both are gone, and a third is there.
                Caught by: BoxStress

                - int a = taken(1);
                - int b = taken(2);

                - class Box {
                + class Box {
                + int c;
                """);
        assertThat(twin.seededInto(Path.of("Box.java"), BOX)).isEqualTo("class Box {\nint c;\n    \n}\n");
    }

    @Test
    void aTwinOfAnotherFormIsRefused() {
        for (String text : new String[] {
            "",
            "Caught by: BoxStress\n\n- a\n+ b\n",
            "No test.\n\n- a\n+ b\n",
            "No edit.\nCaught by: BoxStress\n",
            "Nothing to find.\nCaught by: BoxStress\n\n+ b\n",
            "No mark.\nCaught by: BoxStress\n\n- a\nb\n",
            "The wrong way round.\nCaught by: BoxStress\n\n+ a\n- b\n"
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Twin.parse("Box/odd", text))
                    .withMessageContaining("twin=Box/odd");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Twin.parse("odd", TWIN))
                .withMessageContaining("twin=odd");
    }
}
