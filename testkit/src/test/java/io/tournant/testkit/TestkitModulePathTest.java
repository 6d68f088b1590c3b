package io.tournant.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The testkit on the module path. */
class TestkitModulePathTest {

    @TempDir
    Path directory;

    @Test
    void aModuleThatRequiresTheTestkitExtendsTheContract() throws Exception {
        ModulePathLauncher.Run run = ModulePathLauncher.withModules("io.tournant.testkit")
                .launch(
                        directory,
                        Map.of(
                                "module-info.java", "module consumer { requires io.tournant.testkit; }",
                                "consumer/Main.java", """
                                package consumer;
                                import io.tournant.core.ExecutorOptions;
                                import io.tournant.core.TaskExecutor;
                                import io.tournant.core.TaskExecutors;
                                import io.tournant.testkit.TaskExecutorContract;
                                import java.util.function.Consumer;
                                public class Main extends TaskExecutorContract {
                                    protected TaskExecutor open(Consumer<? super ExecutorOptions.Builder> options) {
                                        return TaskExecutors.virtual(options);
                                    }
                                    public static void main(String[] args) throws Exception {
                                        try (TaskExecutor executor = new Main().open(options -> {})) {
                                            System.out.println(executor.submit(() -> "ran").get());
                                        }
                                        System.out.println(TaskExecutorContract.class.getModule());
                                        System.out.println("ipc is there: "
                                                + ModuleLayer.boot().findModule("io.tournant.ipc").isPresent());
                                    }
                                }
                                """),
                        Duration.ofMinutes(1));
        assertThat(run.output()).contains("ran", "module io.tournant.testkit", "ipc is there: false");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aModuleThatRequiresIpcTooExtendsTheContractOfChannels() throws Exception {
        ModulePathLauncher.Run run = ModulePathLauncher.withModules("io.tournant.testkit", "io.tournant.ipc")
                .launch(
                        directory,
                        Map.of(
                                "module-info.java",
                                "module consumer { requires io.tournant.testkit; requires io.tournant.ipc; "
                                        + "exports consumer; }",
                                "consumer/Opener.java",
                                """
                                package consumer;
                                import io.tournant.ipc.Channel;
                                import io.tournant.ipc.Token;
                                import io.tournant.ipc.Transport;
                                import io.tournant.testkit.PeerJvm;
                                import java.util.List;
                                public class Opener implements PeerJvm.Opener {
                                    public Channel open(List<String> arguments) throws Exception {
                                        String endpoint = arguments.getFirst();
                                        return Transport.of(endpoint).connect(endpoint, Token.parse(arguments.getLast()));
                                    }
                                }
                                """,
                                "consumer/Main.java",
                                """
                                package consumer;
                                import io.tournant.ipc.Listener;
                                import io.tournant.ipc.Message;
                                import io.tournant.ipc.Transport;
                                import io.tournant.testkit.ChannelContract;
                                import io.tournant.testkit.ChannelPair;
                                import io.tournant.testkit.PeerJvm;
                                public class Main extends ChannelContract {
                                    private final PeerJvm peer;
                                    Main(PeerJvm peer) { this.peer = peer; }
                                    protected int longest() { return 1 << 20; }
                                    protected ChannelPair open() throws Exception {
                                        try (Listener listener = Transport.unixSocket().listen()) {
                                            var right = peer.open(listener.endpoint(), listener.token().reveal());
                                            return new ChannelPair(listener.accept(), right.get());
                                        }
                                    }
                                    public static void main(String[] args) throws Exception {
                                        try (PeerJvm peer = PeerJvm.start(Opener.class); ChannelPair pair = new Main(peer).open()) {
                                            pair.right().send(Message.of(1, 42));
                                            System.out.println(pair.left().receive());
                                        }
                                        System.out.println(ChannelContract.class.getModule());
                                    }
                                }
                                """),
                        Duration.ofMinutes(1));
        assertThat(run.output()).contains("correlationId=42", "module io.tournant.testkit");
        assertThat(run.exitCode()).isZero();
    }
}
