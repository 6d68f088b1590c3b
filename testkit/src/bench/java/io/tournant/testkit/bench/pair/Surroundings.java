package io.tournant.testkit.bench.pair;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pair runs in.
 *
 * @param name how it is called
 * @param prefix what is put in front of each command
 * @param hogs how many processes do nothing but take a processor meanwhile
 */
public record Surroundings(String name, List<String> prefix, int hogs) {

    /** A loop of the shell that ends by itself, should nobody end it. */
    private static final List<String> HOG = List.of("timeout", "300", "sh", "-c", "while :; do :; done");

    /** Starts the hogs; whoever closes them ends them. */
    Hogs start() throws IOException {
        List<Process> started = new ArrayList<>();
        for (int i = 0; i < hogs; i++) {
            List<String> command = new ArrayList<>(prefix);
            command.addAll(HOG);
            started.add(new ProcessBuilder(command).start());
        }
        return () -> started.forEach(hog -> {
            hog.destroy();
            hog.onExit().join();
        });
    }

    /** Processes that take a processor each. */
    @FunctionalInterface
    interface Hogs extends AutoCloseable {
        @Override
        void close();
    }
}
