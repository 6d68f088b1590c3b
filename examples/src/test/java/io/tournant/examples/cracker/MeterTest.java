package io.tournant.examples.cracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MeterTest {

    @Test
    void whereThereIsNoTerminalARunPrintsFourLines() {
        StringWriter log = new StringWriter();
        try (Meter meter = new Meter.Lines("virtual", 1_003, new PrintWriter(log))) {
            for (long tried = 1; tried <= 1_003; tried++) {
                meter.show(tried);
            }
        }

        assertThat(log.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("virtual "))
                .last()
                .asString()
                .contains("100 %");
    }
}
