package io.tournant.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.testkit.bench.Comparison.Range;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ChartTest {

    private static final String BETTER = "rgb(59,117,175)";
    private static final String WORSE = "rgb(224,129,46)";

    @Test
    void aChartNamesItsCasesAndShowsWhichAreBetter() throws Exception {
        String svg = Chart.svg(report(line("s.first", 2, 1.5), line("s.second", 0.5, null)));

        var xml = DocumentBuilderFactory.newInstance();
        xml.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        assertThat(xml.newDocumentBuilder().parse(new InputSource(new StringReader(svg))))
                .isNotNull();
        assertThat(svg).contains("first vs peer", "second vs peer", "Tournant: s", BETTER, WORSE);
    }

    @Test
    void aLimitThatIsStatedIsMarked() {
        String with = Chart.svg(report(line("s.first", 2, 1.5)));
        String without = Chart.svg(report(line("s.first", 2, null)));
        assertThat(with).contains("stroke-width:3");
        assertThat(without).doesNotContain("stroke-width:3");
    }

    @Test
    void whatCannotBeComparedIsDrawnAllTheSame() {
        assertThat(Chart.svg(report(line("s.first", Double.NaN, null)))).contains("first vs peer");
    }

    private static Report report(BenchLine... lines) {
        Machine machine = new Machine(0, 0, 2, "a JVM", "a system");
        return new Report("s", Settings.Mode.QUICK, machine, machine, List.of(lines));
    }

    private static BenchLine line(String name, double ratio, @Nullable Double floor) {
        Range range = new Range(ratio / 2, ratio, ratio * 2);
        return new BenchLine(
                name,
                "peer",
                "ns",
                1,
                ratio,
                1,
                ratio,
                range,
                range,
                new Limits(Figure.Limit.RATIO, floor, null),
                List.of(1.0),
                List.of(ratio),
                "");
    }
}
