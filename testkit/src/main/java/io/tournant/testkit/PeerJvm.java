package io.tournant.testkit;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM that holds right ends for {@link ChannelContract}, with the class path of this one and with native
 * access. It ends when this JVM does, whatever ends that. Nothing but this class may write to its standard output; what
 * is printed to {@code System.out} there goes to standard error.
 *
 * <p>Here a test listens, and the other JVM connects:
 *
 * <pre>{@code
 * public static final class Opener implements PeerJvm.Opener {
 *     public Channel open(List<String> arguments) throws IOException {
 *         return MyTransport.connect(arguments.getFirst());
 *     }
 * }
 *
 * protected ChannelPair open() throws Exception {
 *     try (MyListener listener = MyTransport.listen()) {
 *         Future<Channel> connecting = peer.open(listener.address()); // PeerJvm.start(Opener.class)
 *         Optional<Channel> left = listener.accept(Duration.ofSeconds(30));
 *         Channel right = connecting.get(30, TimeUnit.SECONDS); // or says why nobody came
 *         return new ChannelPair(left.orElseThrow(), right);
 *     }
 * }
 * }</pre>
 *
 * <p>Channels may be opened by any thread, one after the other, over the life of the JVM: to start one takes longer
 * than most tests.
 */
public final class PeerJvm implements AutoCloseable {

    private final Map<Long, CompletableFuture<PeerWord.Reply>> replies = new ConcurrentHashMap<>();
    private final Map<Thread, Long> callers = new ConcurrentHashMap<>();
    private final Map<Integer, Consumer<? super CloseReason>> callbacks = new ConcurrentHashMap<>();
    private final AtomicLong nextCall = new AtomicLong();
    private final AtomicInteger nextNumber = new AtomicInteger();
    private final Process process;
    private final PeerStream stream;

    /** How the other JVM comes to its end of a connection. Public, with a public constructor that takes nothing. */
    @FunctionalInterface
    public interface Opener {

        /**
         * Opens a channel. Called in the other JVM.
         *
         * @param arguments what {@link PeerJvm#open} was given
         * @return the right end of a pair
         * @throws Exception if it cannot be opened, which fails the test
         */
        Channel open(List<String> arguments) throws Exception;
    }

    private PeerJvm(Process process) {
        this.process = process;
        stream = new PeerStream(process.getInputStream(), process.getOutputStream());
    }

    /**
     * Starts another JVM.
     *
     * @param opener what opens its channels
     * @return the JVM; close it
     * @throws IOException if it cannot be started
     */
    public static PeerJvm start(Class<? extends Opener> opener) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(ModulePathLauncher.classPath().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.addAll(List.of(PeerMain.class.getName(), opener.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(ModulePathLauncher.SCRUBBED);
        PeerJvm peer = new PeerJvm(builder.start());
        Thread.ofPlatform().daemon().name("contract-peer").start(peer::hear);
        return peer;
    }

    /**
     * Has the other JVM open a channel.
     *
     * @param arguments what its {@link Opener} is given; secrets are safe, they do not stand on a command line
     * @return the stand-in for the channel there, once it is open
     */
    public CompletableFuture<Channel> open(String... arguments) {
        int number = nextNumber.incrementAndGet();
        ArrayList<String> given = new ArrayList<>(Arrays.asList(arguments));
        return say(nextCall.incrementAndGet(), false, there -> {
                    there.open(number, given);
                    return null;
                })
                .thenApply(reply -> {
                    if (reply.thrown() != null) {
                        throw new IllegalStateException("The other JVM could not open its end", reply.thrown());
                    }
                    return new PeerChannel(this, number);
                });
    }

    /**
     * Tells whether the JVM runs.
     *
     * @return whether it has not ended yet
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Kills the JVM and waits until it is gone.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends the JVM, without waiting. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    // ------------------------------------------------------------------ for the stand-ins

    /** Does something in the other JVM as if the calling thread did it there. */
    @Nullable
    Serializable perform(PeerWord.Work work) throws ChannelException, InterruptedException {
        PeerWord.Reply reply = awaitReply(work);
        switch (reply.thrown()) {
            case null -> {
                return reply.value();
            }
            case ChannelException e -> throw e;
            case InterruptedException e -> throw e;
            case Throwable e -> throw new IllegalStateException("This failed in the other JVM", e);
        }
    }

    /** Passes interrupts on while it waits, and leaves the caller interrupted if the thread there was in the end. */
    private PeerWord.Reply awaitReply(PeerWord.Work work) {
        Thread caller = Thread.currentThread();
        long call = nextCall.incrementAndGet();
        boolean passedOn = false;
        callers.put(caller, call);
        try {
            CompletableFuture<PeerWord.Reply> awaited = say(call, Thread.interrupted(), work);
            while (true) {
                try {
                    PeerWord.Reply reply = awaited.get();
                    if (reply.interrupted() || (passedOn && !reply.reached())) {
                        caller.interrupt();
                    }
                    return reply;
                } catch (InterruptedException e) {
                    passedOn = true;
                    interrupt(call);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The other JVM is gone", e.getCause());
        } finally {
            callers.remove(caller);
        }
    }

    private void interrupt(long call) {
        var _ = say(nextCall.incrementAndGet(), false, there -> {
            there.interrupt(call);
            return null;
        });
    }

    /** The call in which a thread waits for the other JVM. */
    @Nullable
    Long callOf(Thread caller) {
        return callers.get(caller);
    }

    int register(Consumer<? super CloseReason> callback) {
        int number = nextNumber.incrementAndGet();
        callbacks.put(number, callback);
        return number;
    }

    private CompletableFuture<PeerWord.Reply> say(long call, boolean interrupted, PeerWord.Work work) {
        CompletableFuture<PeerWord.Reply> reply = new CompletableFuture<>();
        replies.put(call, reply);
        try {
            stream.say(new PeerWord.Call(call, Thread.currentThread().isVirtual(), interrupted, work));
        } catch (IOException e) {
            reply.completeExceptionally(e);
        }
        return reply;
    }

    // ------------------------------------------------------------------ what the other JVM says

    private void hear() {
        try {
            while (true) {
                switch (stream.hear()) {
                    case PeerWord.Reply reply ->
                        Objects.requireNonNull(replies.remove(reply.id())).complete(reply);
                    case PeerWord.Closed closed -> Thread.ofPlatform().daemon().start(() -> callBack(closed));
                    case PeerWord.Call call -> throw new IOException("Only this JVM asks: call=" + call.id());
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            process.destroyForcibly().onExit().join(); // then nothing more can be said
            replies.values().forEach(reply -> reply.completeExceptionally(e));
        }
    }

    private void callBack(PeerWord.Closed closed) {
        boolean kept = false;
        try {
            Objects.requireNonNull(callbacks.get(closed.callback())).accept(closed.reason());
            kept = true;
        } catch (Throwable e) { // the other JVM is told, and fails in its turn
            kept = false;
        }
        boolean answer = kept;
        long id = closed.id();
        var _ = say(nextCall.incrementAndGet(), false, there -> {
            there.answer(id, answer);
            return null;
        });
    }
}
