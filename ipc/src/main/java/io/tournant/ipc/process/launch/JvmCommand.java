package io.tournant.ipc.process.launch;

import io.tournant.ipc.Transport;
import io.tournant.ipc.posix.NativeAccess;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The command line of a worker JVM: this JVM's own class or module path, and few options. */
final class JvmCommand {

    private static final String MAIN_CLASS = "io.tournant.ipc.process.worker.WorkerMain";
    private static final String MAIN_MODULE = "io.tournant.ipc";

    /** What this JVM was given that the worker needs as well for the same code to run. */
    private static final List<String> PASSED_ON = List.of(
            "--enable-native-access",
            "--illegal-native-access",
            "--sun-misc-unsafe-memory-access",
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--add-modules",
            "--patch-module");

    /** Variables that would slip options into the worker's JVM. */
    private static final List<String> SCRUBBED =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    /**
     * Moves the life line from descriptor 0 to 3 and gives user code an empty standard input. The worker leads a session
     * of its own, where that can be had, so that a signal to the parent's terminal does not hit it.
     */
    private static final String SHELL = "exec 3<&0 </dev/null; exec \"$@\"";

    private static final Predicate<String> COLLECTOR =
            Pattern.compile("-XX:\\+Use\\w+GC").asMatchPredicate();

    private JvmCommand() {}

    /** Prepares the process; its arguments go to a file that is needed until the process has come up. */
    static ProcessBuilder prepare(String worker, WorkerSettings settings, Path argumentFile) throws IOException {
        write(argumentFile, arguments(worker, settings));
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(List.of("/bin/sh", "-c", SHELL, "tournant", java(), "@" + argumentFile));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        SCRUBBED.forEach(environment::remove);
        return builder;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> arguments(String worker, WorkerSettings settings) {
        List<String> arguments = new ArrayList<>(
                List.of("-XX:-UsePerfData", "-XX:-CreateCoredumpOnCrash", "-XX:+DisplayVMOutputToStderr"));
        if (settings.jvmOptions().stream().noneMatch(COLLECTOR)) {
            arguments.add("-XX:+UseSerialGC"); // the least memory, and the quickest start
        }
        arguments.addAll(passedOn());
        if (settings.transport() instanceof Transport.MessageQueue || settings.transport() instanceof Transport.Pipe) {
            arguments.add("--enable-native-access=" + NativeAccess.grantee()); // the others call no native code
        }
        arguments.addAll(settings.jvmOptions());
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            arguments.addAll(List.of("-cp", absolute(classPath)));
        }
        String modulePath = System.getProperty("jdk.module.path", "");
        if (JvmCommand.class.getModule().isNamed() && !modulePath.isEmpty()) {
            arguments.addAll(List.of("-p", absolute(modulePath), "--add-modules", modules()));
            arguments.addAll(List.of("-m", MAIN_MODULE + "/" + MAIN_CLASS));
        } else {
            arguments.add(MAIN_CLASS);
        }
        arguments.add(worker);
        return arguments;
    }

    private static List<String> passedOn() {
        List<String> options = new ArrayList<>();
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.equals("--enable-preview")
                    || PASSED_ON.stream().anyMatch(name -> option.startsWith(name + "="))) {
                options.add(option);
            }
        }
        return options;
    }

    /** Returns all modules of this JVM, so that the worker resolves the same. */
    private static String modules() {
        TreeSet<String> names = new TreeSet<>();
        ModuleLayer.boot().modules().forEach(module -> names.add(module.getName()));
        return String.join(",", names);
    }

    private static String absolute(String path) {
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Writes a file as the java launcher reads it: quoted, backslash as escape. */
    private static void write(Path file, List<String> arguments) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            String quoted = argument.replace("\\", "\\\\").replace("\"", "\\\"");
            text.append('"').append(quoted).append("\"\n");
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        Files.writeString(file, text, charset, StandardOpenOption.WRITE);
    }
}
