package io.tournant.testkit.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker has been seen to fail: a defect of each kind, and what is no defect. */
class OrderingCommentsSeededTest {

    private static final String HEAD = """
            final class Box {
                /*
                 * Overview   WORDS  here declare nothing
                 * Edges      PUBLISH    set: content, then
                 *                       value release -> get: value acquire
                 *            TAKE       exchange >< exchange
                 * Accepted   NOTHING  is declared under another heading
                 */
                Object get() {
                    return VALUE.getAcquire(this); // PUBLISH
                }
                Object take() {
                    return VALUE.getAndSet(this, null); // TAKE, PUBLISH: the words are free
                }
            """;

    private static List<String> violations(String... lines) {
        return OrderingComments.of("Box.java", HEAD + String.join("\n", lines) + "\n}\n")
                .violations();
    }

    /** The head has 14 lines, so that these are on line 15 and after. */
    private static void assertOneAt(int line, String words, String... lines) {
        assertThat(violations(lines))
                .singleElement()
                .asString()
                .startsWith("Box.java:" + line + ": ")
                .contains(words);
    }

    @Test
    void whatIsInOrderPasses() {
        assertThat(violations()).isEmpty();
        assertThat(OrderingComments.of("Box.java", HEAD).edges()).containsExactly("PUBLISH", "TAKE");
    }

    @Test
    void aVolatileFieldIsFound() {
        assertOneAt(15, "found=volatile", "private volatile int x;");
    }

    @Test
    void anAtomicFieldIsFound() {
        assertOneAt(16, "found=AtomicReference", "", "private final AtomicReference<String> x = null;");
        assertOneAt(15, "found=AtomicInteger", "import java.util.concurrent.atomic.AtomicInteger;");
        assertThat(violations("private final LongAdder sum = new LongAdder();")).isEmpty();
    }

    @Test
    void commentsAndLiteralsDoNotCount() {
        assertThat(violations(
                        "// a volatile field",
                        "/* an AtomicLong",
                        "   X.getAcquire(this) */",
                        "String s = \"volatile \\\" X.setRelease(this)\";",
                        "char c = '\"'; // a quote",
                        "String t = \"\"\"",
                        "    volatile AtomicLong X.fullFence()",
                        "    \"\"\";"))
                .isEmpty();
    }

    @Test
    void anAccessWithoutAnEdgeIsFound() {
        for (String mode : List.of(
                "getAcquire(this)",
                "setRelease(this, 1)",
                "getVolatile(this)",
                "setVolatile(this, 1)",
                "getOpaque(this)",
                "setOpaque(this, 1)",
                "compareAndSet(this, 1, 2)",
                "weakCompareAndSetPlain(this, 1, 2)",
                "compareAndExchangeAcquire(this, 1, 2)",
                "getAndSet(this, 1)",
                "getAndAddRelease(this, 1)",
                "getAndBitwiseOr(this, 1)")) {
            assertOneAt(15, "access=" + mode.substring(0, mode.indexOf('(')), "X." + mode + ";");
            assertThat(violations("X." + mode + "; // PUBLISH")).isEmpty();
        }
    }

    @Test
    void aFenceWithoutAnEdgeIsFound() {
        for (String fence : List.of("fullFence", "acquireFence", "releaseFence", "loadLoadFence", "storeStoreFence")) {
            assertOneAt(15, "access=" + fence, "VarHandle." + fence + "();");
            assertThat(violations("VarHandle." + fence + "(); // TAKE")).isEmpty();
        }
    }

    @Test
    void anAccessorWithoutAnEdgeIsFound() {
        assertOneAt(15, "access=topAcquire", "long t = topAcquire();");
        assertOneAt(15, "access=topAcquire", "if (a > topAcquire()) {}");
        assertOneAt(15, "access=topAcquire", "return topAcquire();");
        assertOneAt(15, "access=setTopRelease", "this.setTopRelease(1);");
        assertOneAt(15, "access=stateVolatile", "foo(stateVolatile());");
        assertOneAt(15, "access=casState", "boolean won = casState(a, b);");
        assertOneAt(15, "access=topAcquire", "LongSupplier top = this::topAcquire;");
        assertThat(violations("long t = topAcquire(); // TAKE")).isEmpty();
        assertThat(violations("cast(x); castle(); semaphore.tryAcquire();")).isEmpty();
    }

    @Test
    void theDeclarationOfAnAccessorIsExemptAndItsBodyIsNot() {
        assertThat(violations(
                        "private long topAcquire() {",
                        "@Nullable TaskRun<?> currentAcquire() {",
                        "abstract Map<String, long[]> mapAcquire();",
                        "static <T> T[] slotsAcquire(T[] of) {",
                        "boolean casState(Object expected, Object next) {"))
                .isEmpty();
        assertOneAt(16, "access=getAcquire", "private long topAcquire() {", "return (long) TOP.getAcquire(this);", "}");
    }

    @Test
    void theEdgeMayStandWhereTheStatementEnds() {
        assertThat(violations("Object x = (Object)", "X.getAcquire(", "this); // TAKE"))
                .isEmpty();
        assertThat(violations("while (X.compareAndSet(this,", "a, b)) { // TAKE", "}"))
                .isEmpty();
        assertOneAt(15, "access=getAcquire", "X.getAcquire(this);", "foo(); // TAKE");
    }

    @Test
    void anOpaqueAccessMaySayWhyInstead() {
        assertThat(violations("X.setOpaque(this, 1); // opaque: a hint")).isEmpty();
        assertThat(violations("return bottomOpaque(); // opaque: an estimate")).isEmpty();
        assertOneAt(15, "access=setOpaque", "X.setOpaque(this, 1); // opaque:");
        assertOneAt(15, "access=setRelease", "X.setRelease(this, 1); // opaque: not so");
    }

    @Test
    void aCommentThatIsNoEdgeIsFound() {
        assertOneAt(15, "access=setRelease", "X.setRelease(this, 1); // publishes");
        assertOneAt(15, "access=setRelease", "X.setRelease(this, 1); // PUBLISH and more");
    }

    @Test
    void anEdgeThatIsNotDeclaredIsFound() {
        assertOneAt(15, "edge=WORDS", "X.setRelease(this, 1); // WORDS");
        assertOneAt(15, "edge=NOTHING", "X.setRelease(this, 1); // PUBLISH, NOTHING");
    }

    @Test
    void anEdgeThatIsNeverCitedIsFound() {
        assertThat(OrderingComments.of("Box.java", """
                final class Box {
                    /*
                     * Edges
                     *            USED    one
                     *            UNUSED  two
                     */
                    int x = X.getAcquire(this); // USED
                }
                """).violations())
                .singleElement()
                .asString()
                .startsWith("Box.java:5: ")
                .contains("UNUSED");
    }

    @Test
    void anEdgeWithoutAStressTestIsFound() {
        OrderingComments file = OrderingComments.of("core/Box.java", HEAD);
        assertThat(file.withoutStressTest("Box.PUBLISH and Box.TAKE")).isEmpty();
        assertThat(file.withoutStressTest("Box.PUBLISHED, PUBLISH, OtherBox.PUBLISH, Box.TAKE"))
                .singleElement()
                .asString()
                .startsWith("core/Box.java:4: ")
                .contains("expected=Box.PUBLISH");
    }
}
