package io.tournant.testkit;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles a small module given as text and starts it in a JVM of its own, on the module path. Unit tests run on the
 * class path, which hides a missing {@code requires} or {@code exports}; one such test for each module shows it.
 *
 * <p>The module path is made of those entries of this JVM's class path that hold the modules named, and of what these
 * require.
 *
 * @param modules the modules that the consumer requires, or that it finds as services
 * @param jvmOptions options for the JVM of the consumer
 */
public record ModulePathLauncher(Set<String> modules, List<String> jvmOptions) {

    static final List<String> SCRUBBED = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    /** Copies the arguments. */
    public ModulePathLauncher {
        modules = Set.copyOf(modules);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * How a consumer ended.
     *
     * @param exitCode the exit code of its JVM
     * @param output what it printed on standard output and standard error, in order
     */
    public record Run(int exitCode, String output) {}

    /**
     * Returns a launcher with some modules on its path.
     *
     * @param modules the names of the modules; what they require is added
     * @return a launcher without JVM options
     */
    public static ModulePathLauncher withModules(String... modules) {
        return new ModulePathLauncher(Set.of(modules), List.of());
    }

    /**
     * Returns this launcher with other options for the JVM.
     *
     * @param options the options, such as {@code -Dname=value}
     * @return the changed copy
     */
    public ModulePathLauncher jvmOptions(String... options) {
        return new ModulePathLauncher(modules, List.of(options));
    }

    /**
     * Compiles the module {@code consumer}, runs its class {@code consumer.Main}, and waits for the end.
     *
     * @param directory an empty directory, to write to
     * @param sources the texts of the files by their paths, with {@code module-info.java} and
     *     {@code consumer/Main.java} among them
     * @param limit how long the run may take
     * @return how it ended
     * @throws IOException if a file cannot be written or the JVM not be started
     * @throws InterruptedException if the calling thread is interrupted; the consumer is then killed
     * @throws IllegalArgumentException if the sources do not compile, or a module is not on the class path
     * @throws IllegalStateException if the consumer takes longer than the limit; it is then killed
     */
    public Run launch(Path directory, Map<String, String> sources, Duration limit)
            throws IOException, InterruptedException {
        Path classes = Files.createDirectories(directory.resolve("consumer.classes"));
        compile(directory.resolve("consumer.sources"), classes, sources);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-p", classes + File.pathSeparator + join(modulePath().stream())));
        command.addAll(List.of("-m", "consumer/consumer.Main"));
        Path output = directory.resolve("consumer.output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(SCRUBBED);
        return await(builder.start(), output, limit);
    }

    private static Run await(Process process, Path output, Duration limit) throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "The consumer did not end in time: limit=" + limit + " output=" + Files.readString(output));
            }
            return new Run(process.exitValue(), Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void compile(Path directory, Path classes, Map<String, String> sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey());
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            files.add(Files.writeString(file, source.getValue()));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String path = join(observable()); // javac also looks for what is required statically
        List<String> options = List.of("-p", path, "-d", classes.toString(), "-proc:none");
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call()) {
                throw new IllegalArgumentException("The consumer does not compile: messages=" + messages);
            }
        }
    }

    private static String join(Stream<Path> path) {
        return path.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    // ------------------------------------------------------------------ the module path

    /**
     * Returns the entries of this JVM's class path that hold the modules and all that they require.
     *
     * @return jars and directories
     * @throws IllegalArgumentException if a module is not found
     */
    public List<Path> modulePath() {
        ModuleFinder finder =
                ModuleFinder.of(classPath().filter(ModulePathLauncher::isModule).toArray(Path[]::new));
        try {
            return ModuleLayer.boot()
                    .configuration()
                    .resolve(finder, ModuleFinder.ofSystem(), modules)
                    .modules()
                    .stream()
                    .map(ResolvedModule::reference)
                    .map(ModuleReference::location)
                    .flatMap(Optional::stream)
                    .filter(location -> location.getScheme().equals("file"))
                    .map(Path::of)
                    .toList();
        } catch (FindException e) {
            throw new IllegalArgumentException(
                    "A module is not among the entries of the class path: modules=" + modules, e);
        }
    }

    private static Stream<Path> observable() {
        return classPath().filter(ModulePathLauncher::isModule);
    }

    private static boolean isModule(Path entry) {
        if (Files.isDirectory(entry)) {
            return Files.exists(entry.resolve("module-info.class"));
        }
        try {
            return !ModuleFinder.of(entry).findAll().isEmpty();
        } catch (FindException e) { // a jar that cannot be one, such as one with classes in the unnamed package
            return false;
        }
    }

    /** The entries of the class path, also where Surefire hides it in the manifest of a jar. */
    static Stream<Path> classPath() {
        return Stream.of("surefire.test.class.path", "java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .flatMap(ModulePathLauncher::entries)
                .filter(Files::exists)
                .distinct();
    }

    private static Stream<Path> entries(Path entry) {
        Path fileName = entry.getFileName();
        if (fileName == null || !fileName.toString().startsWith("surefirebooter")) {
            return Stream.of(entry);
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String path = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            URI base = entry.toUri();
            return path == null
                    ? Stream.of()
                    : Arrays.stream(path.split(" ")).map(base::resolve).map(Path::of);
        } catch (IOException e) {
            throw new IllegalStateException("The class path cannot be read: entry=" + entry, e);
        }
    }
}
