package io.tournant.testkit.bench;

import io.tournant.testkit.bench.Comparison.Range;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.title.TextTitle;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;
import org.jspecify.annotations.Nullable;

/**
 * A bar for each line of a suite: how many times better ours is than the peer. Longer than one, to the right of the line,
 * is better; the whisker goes from the worst round to the best; a tick stands at the floor, another at the goal.
 */
final class Chart {

    private static final int WIDTH = 1200;
    private static final int ROW = 20;
    private static final int FRAME = 150;
    private static final double LOWEST = 0.25;
    private static final double HIGHEST = 32;
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 18);

    /** Blue and orange are told apart by everybody. */
    private static final Color BETTER = new Color(0x3B, 0x75, 0xAF);

    private static final Color WORSE = new Color(0xE0, 0x81, 0x2E);

    private Chart() {}

    /** Returns the chart as SVG. */
    static String svg(Report report) {
        DefaultCategoryDataset ratios = new DefaultCategoryDataset();
        for (BenchLine line : report.lines()) {
            ratios.addValue(clamped(line.ratio().median()), "ratio", label(report, line));
        }
        CategoryAxis cases = new CategoryAxis();
        cases.setMaximumCategoryLabelWidthRatio(1);
        cases.setTickLabelFont(PLAIN);
        cases.setCategoryMargin(0.3);
        cases.setLowerMargin(0.01);
        cases.setUpperMargin(0.01);
        LogAxis times = new LogAxis("times as good as the peer");
        times.setBase(2);
        times.setTickUnit(new NumberTickUnit(1));
        times.setNumberFormatOverride(new DecimalFormat("0.##×", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        times.setRange(LOWEST, HIGHEST);
        times.setTickLabelFont(PLAIN);
        CategoryPlot plot = new CategoryPlot(ratios, cases, times, new Bars(report.lines()));
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        JFreeChart chart = new JFreeChart("Tournant: " + report.suite(), BOLD, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.addSubtitle(new TextTitle(
                "bar: median of the rounds, whisker: worst to best; black tick: floor, grey tick: goal", PLAIN));
        chart.addSubtitle(new TextTitle(report.before() + " mode=" + report.mode(), PLAIN));
        int height = FRAME + ROW * report.lines().size();
        SVGGraphics2D graphics = new SVGGraphics2D(WIDTH, height);
        chart.draw(graphics, new Rectangle(WIDTH, height));
        return graphics.getSVGDocument();
    }

    private static String label(Report report, BenchLine line) {
        return line.name().substring(report.suite().length() + 1) + " vs " + line.peer();
    }

    private static double clamped(double ratio) {
        return Double.isNaN(ratio) ? 1 : Math.clamp(ratio, LOWEST, HIGHEST);
    }

    /** Bars from one, with what is marked beside them. */
    private static final class Bars extends BarRenderer {

        private static final long serialVersionUID = 1;

        private final transient List<BenchLine> lines;

        Bars(List<BenchLine> lines) {
            this.lines = lines;
            setBase(1);
            setShadowVisible(false);
            setBarPainter(new StandardBarPainter());
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            return lines.get(column).ratio().median() < 1 ? WORSE : BETTER;
        }

        @Override
        public void drawItem(
                Graphics2D graphics,
                CategoryItemRendererState state,
                Rectangle2D area,
                CategoryPlot plot,
                CategoryAxis cases,
                ValueAxis times,
                CategoryDataset data,
                int row,
                int column,
                int pass) {
            super.drawItem(graphics, state, area, plot, cases, times, data, row, column, pass);
            BenchLine line = lines.get(column);
            Range ratio = line.ratio();
            double middle = cases.getCategoryMiddle(column, data.getColumnCount(), area, plot.getDomainAxisEdge());
            graphics.setStroke(new BasicStroke(1.5f));
            graphics.setPaint(Color.DARK_GRAY);
            double low = times.valueToJava2D(clamped(ratio.low()), area, plot.getRangeAxisEdge());
            double high = times.valueToJava2D(clamped(ratio.high()), area, plot.getRangeAxisEdge());
            graphics.draw(new Line2D.Double(low, middle, high, middle));
            if (line.limits().kind() == Figure.Limit.RATIO) {
                tick(graphics, area, plot, times, middle, line.limits().floor(), Color.BLACK);
                tick(graphics, area, plot, times, middle, line.limits().goal(), Color.GRAY);
            }
        }

        private static void tick(
                Graphics2D graphics,
                Rectangle2D area,
                CategoryPlot plot,
                ValueAxis times,
                double middle,
                @Nullable Double limit,
                Color color) {
            if (limit != null) {
                double x = times.valueToJava2D(clamped(limit), area, plot.getRangeAxisEdge());
                graphics.setStroke(new BasicStroke(3));
                graphics.setPaint(color);
                graphics.draw(new Line2D.Double(x, middle - ROW / 2.5, x, middle + ROW / 2.5));
            }
        }
    }
}
