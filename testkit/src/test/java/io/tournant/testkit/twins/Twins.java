package io.tournant.testkit.twins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The twins and the stress tests of a module.
 *
 * @param module its directory
 * @param stressTests the sources of its stress tests by their simple names
 * @param twins all of them, by name
 */
record Twins(Path module, Map<String, Path> stressTests, List<Twin> twins) {

    static Twins of(Path module) {
        Map<String, Path> stressTests = new TreeMap<>();
        for (Path file : files(module.resolve("src/jcstress/java"), "Stress.java")) {
            stressTests.put(file.getFileName().toString().replace(".java", ""), file);
        }
        Path root = module.resolve("src/jcstress/twins");
        List<Twin> twins = files(root, ".twin").stream()
                .map(file -> Twin.parse(
                        root.relativize(file).toString().replace('\\', '/').replaceFirst("\\.twin$", ""), read(file)))
                .toList();
        return new Twins(module, stressTests, twins);
    }

    /** Returns what is wrong: a test without a twin, a twin without its test, a seed that does not fit its source. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        for (String test : stressTests.keySet()) {
            if (twins.stream().noneMatch(twin -> twin.tests().contains(test))) {
                violations.add("A stress test that was never seen to fail proves nothing. Write a twin into "
                        + module.getFileName() + "/src/jcstress/twins: test=" + test);
            }
        }
        for (Twin twin : twins) {
            for (String test : twin.tests()) {
                if (!stressTests.containsKey(test)) {
                    violations.add("There is no such stress test: twin=" + twin.name() + " test=" + test);
                }
            }
            try {
                Path file = sourceOf(twin);
                twin.seededInto(file, read(file));
            } catch (IllegalStateException e) {
                violations.add(e.getMessage());
            }
        }
        return violations;
    }

    /**
     * Returns the file that the twin changes: a class of the library, or a stress test where a processor that keeps
     * the order by itself leaves the library nothing to break.
     */
    Path sourceOf(Twin twin) {
        String name = twin.brokenClass() + ".java";
        List<Path> found = new ArrayList<>();
        for (String sources : List.of("src/main/java", "src/jcstress/java")) {
            found.addAll(files(module.resolve(sources), "/" + name));
        }
        if (found.size() != 1) {
            throw new IllegalStateException(
                    "A twin lies in a directory with the name of the class that it breaks: twin=" + twin.name()
                            + " found=" + found + " expected=1");
        }
        return found.get(0);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory, String suffix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().replace('\\', '/').endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
