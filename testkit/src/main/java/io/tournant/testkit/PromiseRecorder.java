package io.tournant.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes down which promise was kept on which backend, one file for each test class, for {@link PromiseMatrix}. */
final class PromiseRecorder implements BeforeAllCallback, AfterAllCallback, TestWatcher {

    /** The name of the configuration parameter that switches it off, for runs that are to fail. */
    static final String OFF = "tournant.contract.unrecorded";

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(PromiseRecorder.class);

    /** Called by JUnit. */
    PromiseRecorder() {}

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Optional<Path> directory = directory();
        if (directory.isEmpty() || context.getConfigurationParameter(OFF).isPresent()) {
            return;
        }
        Files.createDirectories(directory.get());
        Class<?> test = context.getRequiredTestClass();
        Path file = directory.get().resolve(test.getName() + ".tsv");
        Files.writeString(
                file, PromiseResults.header(System.getProperty("tournant.build", ""), backend(test.getSimpleName())));
        context.getStore(NAMESPACE).put(test, new Tallies(file));
    }

    /** Returns where the results go: what the property says, or the folder where Maven or Gradle build. */
    private static Optional<Path> directory() {
        String told = System.getProperty("tournant.contract.results");
        if (told != null) {
            return Optional.of(Path.of(told));
        }
        return Optional.of(Path.of("target"))
                .filter(Files::isDirectory)
                .or(() -> Optional.of(Path.of("build")).filter(Files::isDirectory))
                .map(build -> build.resolve("contract"));
    }

    /** Returns the name of a backend in the matrix: {@code platform-fixed} of {@code PlatformFixedContractTest}. */
    static String backend(String testClass) {
        String name = testClass.replaceFirst("Test$", "").replaceFirst("(Backend)?Contract$", "");
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }

    private static final class Tallies {
        private final Path file;
        private int kept;
        private int notApplicable;
        private int broken;

        Tallies(Path file) {
            this.file = file;
        }

        synchronized void add(PromiseResults.Verdict verdict, String line) {
            switch (verdict) {
                case KEPT -> kept++;
                case NOT_APPLICABLE -> notApplicable++;
                case BROKEN -> broken++;
            }
            try {
                Files.writeString(file, line, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public synchronized String toString() {
            return kept + " kept, " + notApplicable + " not applicable, " + broken + " broken";
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(context, PromiseResults.Verdict.KEPT);
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        add(context, PromiseResults.Verdict.NOT_APPLICABLE);
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        add(context, PromiseResults.Verdict.NOT_APPLICABLE);
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        add(context, PromiseResults.Verdict.BROKEN);
    }

    private static void add(ExtensionContext context, PromiseResults.Verdict verdict) {
        Tallies tallies = context.getStore(NAMESPACE).get(context.getRequiredTestClass(), Tallies.class);
        if (tallies != null) {
            String contract =
                    context.getRequiredTestMethod().getDeclaringClass().getSimpleName();
            tallies.add(verdict, PromiseResults.line(contract, verdict, context.getDisplayName()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        Tallies tallies = context.getStore(NAMESPACE).get(test, Tallies.class);
        if (tallies != null) {
            System.out.println(
                    "CONTRACT " + backend(test.getSimpleName()) + ": " + tallies + " (" + tallies.file + ")");
        }
    }
}
