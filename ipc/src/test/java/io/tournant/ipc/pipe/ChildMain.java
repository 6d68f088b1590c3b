package io.tournant.ipc.pipe;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;
import io.tournant.ipc.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A child of {@link ChildPipesTest}: prints what it was told on its standard input, and echoes what the channel brings. */
public final class ChildMain {

    private ChildMain() {}

    public static void main(String[] arguments) throws Exception {
        try (Channel channel = Transport.pipe().inherited()) {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            System.out.println("heard " + line + ", flags " + flags(3) + " " + flags(4) + ", again " + again());
            System.err.println("complains");
            while (channel.receive() instanceof Message message) {
                channel.send(message);
            }
        } catch (ChannelException e) {
            System.out.println(e.getMessage());
        }
    }

    private static String again() throws ChannelException, InterruptedException {
        try {
            Transport.pipe().inherited();
            return "given";
        } catch (IllegalStateException e) {
            return "refused";
        }
    }

    /** Direction, O_NONBLOCK and O_CLOEXEC of a descriptor. */
    private static String flags(int descriptor) throws IOException {
        String flags = Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor)).stream()
                .filter(line -> line.startsWith("flags:"))
                .findFirst()
                .orElseThrow();
        return Integer.toOctalString(Integer.parseInt(flags.replaceAll("\\D", ""), 8) & 02004003);
    }
}
