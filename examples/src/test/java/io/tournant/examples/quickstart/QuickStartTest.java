package io.tournant.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.examples.ChildJvm;
import org.junit.jupiter.api.Test;

class QuickStartTest {

    @Test
    void itPrintsWhatTheReadmePromises() throws Exception {
        ChildJvm.Result result = ChildJvm.onClassPath(QuickStart.class);

        assertThat(result.output())
                .containsPattern("""
                        (?m)^hello from process \\d+
                        hello from process \\d+
                        """)
                .contains("timed out: ")
                .containsPattern("lost its process: Exited\\[code=9\\]\n")
                .containsPattern("returned: hello from process \\d+\n");
        assertThat(result.exitCode()).isZero();
    }
}
