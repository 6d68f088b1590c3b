package io.tournant.ipc.pipe;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChannelException.Refusal;
import io.tournant.ipc.PipedProcess;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import io.tournant.ipc.frame.HelloLayout;
import io.tournant.ipc.frame.Verdict;
import io.tournant.ipc.frame.WelcomeLayout;
import io.tournant.ipc.socket.Greeting;
import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.StreamChannel;
import io.tournant.ipc.stream.Wire;
import io.tournant.ipc.stream.WireLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A pair of pipes between a process and its child, which has them on two descriptors when it starts. */
public final class ChildPipes {
    /*
     * Overview   The JDK closes all descriptors of a child but the first three, and those are the user's. So the parent makes
     *            two FIFOs, and a shell in the place of the child opens them before it becomes the child's program. The child
     *            says hello as on a socket, and the parent answers; then the names go.
     *            Until the hello has come, or the child has exited, this side stands in for the child: so neither end of a
     *            FIFO waits for the other to be opened, and the end of the pipe tells that no hello will come.
     * States     of the parent's side
     *            made    -> started  the shell runs
     *            started -> greeted  the hello is right: the child's place is left to it
     *            started -> failed   any other hello, none in time, or the end of the pipe: the child is killed
     */
    private static final int IN = 3;
    private static final int OUT = 4;

    /** Says where they are, so that nobody writes to descriptors that mean something else. */
    private static final String VARIABLE = "TOURNANT_PIPES";

    private static final String DESCRIPTORS = IN + "," + OUT;

    /**
     * Opens each FIFO in both directions first, which never waits, then in the child's: should the parent be gone by now, the
     * child finds that out, rather than wait for it for ever.
     */
    private static final String SHELL =
            "exec 5<>\"$1\" 6<>\"$2\" " + IN + "<\"$1\" " + OUT + ">\"$2\" 5>&- 6>&-; shift 2; exec \"$@\"";

    /** Nobody but the child has the pipes. */
    private static final Token NO_TOKEN = Token.of(new byte[Token.LENGTH]);

    private static final ReentrantLock LOCK = new ReentrantLock();

    /** Whether the pipes of this process are taken; guarded by LOCK. */
    private static boolean inherited;

    private final Transport.Pipe settings;
    private final List<String> command;
    private final PipePair pair;

    private ChildPipes(Transport.Pipe settings, List<String> command, PipePair pair) {
        this.settings = settings;
        this.command = command;
        this.pair = pair;
    }

    /**
     * Starts a child and waits for its hello.
     *
     * @param settings how long to wait, the longest message, and where to make the pipes
     * @param builder the child; is not changed
     * @return the child and the channel to it
     * @throws ChannelException if that is not possible, or the child does not say hello; it is gone then
     * @throws InterruptedException if interrupted; the child is killed
     */
    public static PipedProcess start(Transport.Pipe settings, ProcessBuilder builder)
            throws ChannelException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        List<String> command = List.copyOf(builder.command());
        if (command.isEmpty()) {
            throw new IllegalArgumentException("The child needs a program: command=[]");
        }
        PipePair pair = PipePair.create(settings.socket().directories(), settings.capacity());
        var pipes = new ChildPipes(settings, command, pair);
        try {
            Process process = pipes.spawn(builder);
            return new PipedProcess(process, pipes.greet(process));
        } catch (ChannelException | InterruptedException | RuntimeException | Error e) {
            pair.close();
            throw e;
        } finally {
            pair.removeNames();
        }
    }

    private Process spawn(ProcessBuilder builder) throws ChannelException.Unavailable {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", SHELL, "tournant"));
        line.add(pair.there().toString());
        line.add(pair.back().toString());
        line.addAll(command);
        ProcessBuilder wrapped = new ProcessBuilder(line)
                .directory(builder.directory())
                .redirectInput(builder.redirectInput())
                .redirectOutput(builder.redirectOutput())
                .redirectError(builder.redirectError())
                .redirectErrorStream(builder.redirectErrorStream());
        Map<String, String> environment = wrapped.environment();
        environment.clear();
        environment.putAll(builder.environment());
        environment.put(VARIABLE, DESCRIPTORS);
        try {
            return wrapped.start();
        } catch (IOException | RuntimeException | Error e) { // a fork that fails comes as any of them
            throw new ChannelException.Unavailable(
                    "The system could not start a process. Check that /bin/sh is there, and the limits on processes,"
                            + " descriptors (ulimit -u, -n) and memory: command=" + command + ", cause=" + e,
                    e);
        }
    }

    /** Awaits the hello and answers. */
    private Channel greet(Process process) throws ChannelException, InterruptedException {
        var exit = new Thread(() -> leaveAtExit(process), "tournant-ipc-child-exit");
        exit.setDaemon(true);
        boolean greeted = false;
        try {
            exit.start();
            Wire wire = pair.wire();
            Channel channel = channel(wire, answer(wire, process));
            pair.leaveItsPlace();
            greeted = true;
            return channel;
        } catch (ChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new ChannelException.Failed(
                    "The greeting failed: command=" + command + ", cause=" + e.getMessage(), e);
        } finally {
            exit.interrupt();
            if (!greeted) {
                process.destroyForcibly();
            }
        }
    }

    /** Not by onExit, whose callback waits for a thread that the user's tasks may have. */
    private void leaveAtExit(Process process) {
        try {
            process.waitFor();
            pair.leaveItsPlace();
        } catch (InterruptedException e) {
            // The greeting is over.
        }
    }

    private static Channel channel(Wire wire, int maxMessageLength) {
        return new StreamChannel(WireLink.over(wire, maxMessageLength), maxMessageLength);
    }

    /** Returns the longest payload in either direction. */
    private int answer(Wire wire, Process process) throws IOException, InterruptedException {
        ByteBuffer hello = HelloLayout.newBuffer();
        if (!Greeting.read(wire, hello, Deadline.after(settings.socket().handshakeTimeout()))) {
            throw goneWithoutHello(process);
        }
        if (hello.hasRemaining()) {
            throw refused(
                    Refusal.NO_ANSWER,
                    "The child did not say hello within " + settings.socket().handshakeTimeout()
                            + "; it calls Transport.Pipe.inherited() first, or says it by itself");
        }
        Verdict verdict = HelloLayout.judge(hello, NO_TOKEN, HelloLayout.PIPE);
        int agreed = Math.min(settings.maxMessageLength(), HelloLayout.maxMessageLength(hello));
        wire.write(WelcomeLayout.write(verdict, verdict == Verdict.WELCOME ? agreed : settings.maxMessageLength()));
        return switch (verdict) {
            case WELCOME -> agreed;
            case WRONG_VERSION ->
                throw refused(
                        Refusal.WRONG_VERSION, "The child speaks another version; use the same release on both sides");
            default -> throw refused(Refusal.NOT_A_PEER, "What the child said is no hello to its parent");
        };
    }

    private ChannelException goneWithoutHello(Process process) throws InterruptedException {
        int exit = process.waitFor(); // what ends the pipe is its exit
        String why =
                switch (exit) {
                    case 126 -> "The child is no program that may be run";
                    case 127 -> "The child is no program that was found";
                    default -> "The child exited before it said hello";
                };
        return refused(Refusal.NO_ANSWER, why + ": exit=" + exit);
    }

    private ChannelException.Refused refused(Refusal refusal, String message) {
        return new ChannelException.Refused(refusal, message + ": command=" + command);
    }

    /**
     * Takes the pipes that this process was started with, and greets its parent.
     *
     * @param settings how long to wait for the answer, and the longest message
     * @return the channel
     * @throws ChannelException if there are none, or the parent does not answer
     * @throws InterruptedException if interrupted; the pipes are closed
     */
    public static Channel inherited(Transport.Pipe settings) throws ChannelException, InterruptedException {
        Support.check();
        if (!DESCRIPTORS.equals(System.getenv(VARIABLE))) {
            throw new ChannelException.Unavailable(
                    "This process was not started by Transport.Pipe.start: " + VARIABLE + "=" + System.getenv(VARIABLE),
                    null);
        }
        try {
            return greetParent(settings, take());
        } catch (ChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new ChannelException.Failed("The greeting failed: cause=" + e.getMessage(), e);
        }
    }

    private static PipeWire take() throws ChannelException.Unavailable {
        LOCK.lock();
        try {
            if (inherited) {
                throw new IllegalStateException("The pipes from the parent are taken already; there is one pair.");
            }
            for (int descriptor : new int[] {IN, OUT}) {
                Fifo.check(descriptor);
                Fifo.makeQuiet(descriptor);
            }
            inherited = true;
            return wire();
        } catch (IOException e) {
            throw new ChannelException.Unavailable(
                    "The pipes from the parent are not there; was this process started by the child, and not by the parent"
                            + " itself? descriptors=" + DESCRIPTORS + ", cause=" + e.getMessage(),
                    e);
        } finally {
            LOCK.unlock();
        }
    }

    private static PipeWire wire() throws IOException {
        PipeEnd in = PipeEnd.toRead(IN);
        try {
            return new PipeWire(in, PipeEnd.toWrite(OUT));
        } catch (IOException | RuntimeException | Error e) {
            in.close();
            throw e;
        }
    }

    private static Channel greetParent(Transport.Pipe settings, PipeWire wire)
            throws IOException, InterruptedException {
        boolean agreed = false;
        try {
            var greeting =
                    new Greeting(settings.maxMessageLength(), settings.socket().handshakeTimeout(), "the parent");
            ByteBuffer hello = HelloLayout.write(settings.maxMessageLength(), NO_TOKEN, HelloLayout.PIPE);
            Channel channel = channel(wire, greeting.say(wire, hello));
            agreed = true;
            return channel;
        } finally {
            if (!agreed) {
                wire.close();
            }
        }
    }
}
