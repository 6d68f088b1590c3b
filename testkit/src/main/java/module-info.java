import org.jspecify.annotations.NullMarked;

/**
 * The contract suites that every backend and every transport runs, and help for tests of modules. For the test scope of a
 * build. Who tests transports requires {@code io.tournant.ipc} too.
 */
@NullMarked
module io.tournant.testkit {
    requires java.compiler;
    requires org.assertj.core;
    requires org.slf4j;
    requires transitive io.tournant.core;
    requires transitive org.junit.jupiter.api;
    requires static io.tournant.ipc;
    requires static org.jspecify;

    exports io.tournant.testkit;

    opens io.tournant.testkit to
            org.junit.platform.commons;
}
