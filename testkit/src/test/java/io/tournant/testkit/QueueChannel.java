package io.tournant.testkit;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stranger's channel, to which the contract is applied as to ours: two queues within one JVM. No bytes, no frames, no
 * thread; a message that is sent is there.
 */
final class QueueChannel implements Channel {

    private static final int OVERHEAD = 16;

    /** One direction. Guarded by the lock of the pair. */
    private static final class Queue {
        private final Deque<Message> messages = new ArrayDeque<>();
        private int bytes;
        private boolean ended;
        private boolean writerGone;
        private boolean readerGone;
    }

    private final CompletableFuture<CloseReason> announced = new CompletableFuture<>();
    private final ReentrantLock lock;
    private final Condition changed;
    private final Queue in;
    private final Queue out;
    private final int capacity;
    private final int maxMessageLength;
    private @Nullable CloseReason reason; // guarded by lock

    private QueueChannel(
            ReentrantLock lock, Condition changed, Queue in, Queue out, int capacity, int maxMessageLength) {
        this.lock = lock;
        this.changed = changed;
        this.in = in;
        this.out = out;
        this.capacity = capacity;
        this.maxMessageLength = maxMessageLength;
    }

    /** Returns both ends of a connection that takes messages as long as it holds fewer bytes than its capacity. */
    static ChannelPair pair(int capacity, int maxMessageLength) {
        ReentrantLock lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        Queue there = new Queue();
        Queue back = new Queue();
        return new ChannelPair(
                new QueueChannel(lock, changed, back, there, capacity, maxMessageLength),
                new QueueChannel(lock, changed, there, back, capacity, maxMessageLength));
    }

    // ------------------------------------------------------------------ sending

    @Override
    public void send(Message message) throws ChannelException, InterruptedException {
        while (!send(message, Duration.ofDays(1))) {}
    }

    @Override
    public boolean send(Message message, Duration timeout) throws ChannelException, InterruptedException {
        checkInterrupt();
        return put(message, TimeUnit.NANOSECONDS.convert(timeout));
    }

    @Override
    public boolean trySend(Message message) throws ChannelException {
        try {
            return put(message, 0);
        } catch (InterruptedException e) {
            throw new AssertionError("Who does not wait is not interrupted", e);
        }
    }

    private boolean put(Message message, long timeoutNanos) throws ChannelException, InterruptedException {
        if (message.length() > maxMessageLength) {
            throw new ChannelException.TooLarge(message.length(), maxMessageLength);
        }
        long nanos = timeoutNanos;
        lock.lock();
        try {
            checkOutput();
            while (out.bytes >= capacity) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
                checkOutput();
            }
            byte[] copy = new byte[message.length()];
            message.payload().get(copy);
            out.messages.add(Message.of(message.kind(), message.correlationId(), copy));
            out.bytes += copy.length + OVERHEAD;
            changed.signalAll();
            return true;
        } finally {
            leave();
        }
    }

    private void checkOutput() throws ChannelException.Closed {
        if (reason == null && in.messages.isEmpty() && in.writerGone) {
            reason = new CloseReason.PeerClosed();
        }
        if (reason != null || out.ended || out.readerGone) {
            throw new ChannelException.Closed("Nothing can be sent any more: reason=" + reason, reason);
        }
    }

    @Override
    public void closeOutput() throws ChannelException, InterruptedException {
        checkInterrupt();
        lock.lock();
        try {
            if (!out.ended || reason != null) {
                checkOutput();
            }
            out.ended = true;
            changed.signalAll();
        } finally {
            leave();
        }
    }

    // ------------------------------------------------------------------ receiving

    @Override
    public Received receive() throws ChannelException, InterruptedException {
        Received received = receive(Duration.ofDays(1));
        while (received == Received.Absent.NOTHING_YET) {
            received = receive(Duration.ofDays(1));
        }
        return received;
    }

    @Override
    public Received receive(Duration timeout) throws ChannelException, InterruptedException {
        checkInterrupt();
        return take(TimeUnit.NANOSECONDS.convert(timeout));
    }

    @Override
    public Received tryReceive() throws ChannelException {
        try {
            return take(0);
        } catch (InterruptedException e) {
            throw new AssertionError("Who does not wait is not interrupted", e);
        }
    }

    private Received take(long timeoutNanos) throws ChannelException, InterruptedException {
        long nanos = timeoutNanos;
        lock.lock();
        try {
            while (true) {
                if (reason instanceof CloseReason.Local) {
                    throw new ChannelException.Closed("The channel was closed on this side.", reason);
                }
                Message message = in.messages.poll();
                if (message != null) {
                    in.bytes -= message.length() + OVERHEAD;
                    changed.signalAll();
                    return message;
                }
                if (in.writerGone && reason == null) {
                    reason = new CloseReason.PeerClosed();
                }
                if (in.writerGone || in.ended) {
                    return Received.Absent.END;
                }
                if (nanos <= 0) {
                    return Received.Absent.NOTHING_YET;
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            leave();
        }
    }

    // ------------------------------------------------------------------ the end

    @Override
    public void close() {
        lock.lock();
        try {
            if (reason == null) {
                reason = new CloseReason.Local();
            }
            in.messages.clear();
            in.readerGone = true;
            out.writerGone = true;
            changed.signalAll();
        } finally {
            leave();
        }
    }

    /** Unlocks, and announces the end if there is one. */
    private void leave() {
        CloseReason found = reason;
        lock.unlock();
        if (found != null) {
            announced.complete(found);
        }
    }

    @Override
    public void onClose(Consumer<? super CloseReason> callback) {
        var _ = announced.thenAccept(callback);
    }

    @Override
    public Optional<CloseReason> closeReason() {
        lock.lock();
        try {
            return Optional.ofNullable(reason);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int maxMessageLength() {
        return maxMessageLength;
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
