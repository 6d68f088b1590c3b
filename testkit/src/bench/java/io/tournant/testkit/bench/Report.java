package io.tournant.testkit.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that is known of a suite, for whoever draws or compares it.
 *
 * @param suite the suite
 * @param mode how long each run took
 * @param before the machine before the suite
 * @param after the machine after it
 * @param lines what was measured
 */
public record Report(String suite, Settings.Mode mode, Machine before, Machine after, List<BenchLine> lines) {

    /** Writes it as JSON. */
    public void write(Path file) throws IOException {
        String json = new GsonBuilder()
                .setPrettyPrinting()
                .serializeSpecialFloatingPointValues() // the ratio of nothing to nothing
                .create()
                .toJson(this);
        Files.writeString(file, json + "\n");
    }

    /** Draws the lines, or tells why that is not possible here, for want of fonts for instance. */
    public void draw(Path file, PrintStream out) throws IOException {
        try {
            Files.writeString(file, Chart.svg(this));
        } catch (RuntimeException | Error e) {
            out.println("# no chart of " + suite + ": " + e + "; install fontconfig and a font");
        }
    }
}
