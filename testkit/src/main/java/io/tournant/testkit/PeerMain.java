package io.tournant.testkit;

import io.tournant.ipc.Channel;
import io.tournant.ipc.CloseReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The JVM that {@link PeerJvm} starts: does on its channels what it is asked to, and ends with the JVM of the test. */
final class PeerMain {

    private final Map<Integer, Channel> channels = new ConcurrentHashMap<>();
    private final Map<Long, Running> calls = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Boolean>> answers = new ConcurrentHashMap<>();
    private final AtomicLong nextAnswer = new AtomicLong();
    private final PeerJvm.Opener opener;
    private final PeerStream stream;

    private PeerMain(PeerJvm.Opener opener, PeerStream stream) {
        this.opener = opener;
        this.stream = stream;
    }

    /** Argument: the name of the class that opens channels. */
    public static void main(String[] args) throws Exception {
        PeerStream stream = new PeerStream(System.in, System.out);
        System.setOut(System.err);
        Object opener = Class.forName(args[0]).getDeclaredConstructor().newInstance();
        new PeerMain((PeerJvm.Opener) opener, stream).serve();
    }

    private void serve() throws IOException {
        try {
            while (stream.hear() instanceof PeerWord.Call call) {
                new Running(call).start();
            }
        } catch (EOFException e) {
            Runtime.getRuntime().halt(0); // the JVM of the test is gone, or has had enough
        }
    }

    private void say(PeerWord word) {
        try {
            stream.say(word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ------------------------------------------------------------------ what calls do

    void open(int number, List<String> arguments) throws Exception {
        channels.put(number, opener.open(arguments));
    }

    Channel channel(int number) {
        return Objects.requireNonNull(channels.get(number), "channel");
    }

    boolean isInside(long call, int number) {
        Running running = calls.get(call);
        return running != null && Caller.isInside(running.thread, channel(number));
    }

    void interrupt(long call) {
        Running running = calls.get(call);
        if (running != null) {
            running.interrupt();
        }
    }

    /** Has a callback run in the JVM of the test, and fails if that does. */
    void callBack(int callback, CloseReason reason) {
        long id = nextAnswer.incrementAndGet();
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        answers.put(id, answer);
        say(new PeerWord.Closed(id, callback, reason));
        if (!answer.join()) {
            throw new IllegalStateException("The callback failed in the JVM of the test");
        }
    }

    void answer(long id, boolean kept) {
        CompletableFuture<Boolean> answer = answers.remove(id);
        if (answer != null) {
            answer.complete(kept);
        }
    }

    /** A call that is carried out, as long as it is. */
    private final class Running implements Runnable {
        private final PeerWord.Call call;
        private final Thread thread;
        private boolean reached;
        private boolean over;

        Running(PeerWord.Call call) {
            this.call = call;
            thread = call.virtual()
                    ? Thread.ofVirtual().unstarted(this)
                    : Thread.ofPlatform().daemon().unstarted(this);
        }

        void start() {
            calls.put(call.id(), this);
            thread.start();
        }

        @Override
        public void run() {
            if (call.interrupted()) {
                thread.interrupt();
            }
            @Nullable Serializable value = null;
            @Nullable Throwable thrown = null;
            try {
                value = call.work().on(PeerMain.this);
            } catch (Throwable e) {
                thrown = e;
            }
            answer(end(value, thrown));
        }

        /** Says what came of the call; in words, if that cannot be serialized. */
        private void answer(PeerWord.Reply reply) {
            try {
                stream.say(reply);
            } catch (IOException | RuntimeException | Error e) {
                Throwable words = new IllegalStateException("What came of this cannot be serialized: value="
                        + reply.value() + ", thrown=" + reply.thrown() + ", cause=" + e);
                say(new PeerWord.Reply(reply.id(), reply.interrupted(), reply.reached(), null, words));
            }
        }

        private synchronized PeerWord.Reply end(@Nullable Serializable value, @Nullable Throwable thrown) {
            over = true;
            calls.remove(call.id());
            return new PeerWord.Reply(call.id(), Thread.interrupted(), reached, value, thrown);
        }

        synchronized void interrupt() {
            if (!over) {
                reached = true;
                thread.interrupt();
            }
        }
    }
}
