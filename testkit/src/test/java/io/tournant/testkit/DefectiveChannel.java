package io.tournant.testkit;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.CloseReason;
import io.tournant.ipc.Message;
import io.tournant.ipc.Received;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One end of a good connection, with a defect in front of it. */
final class DefectiveChannel implements Channel {

    private static final Duration TOO_LONG = Duration.ofSeconds(2);

    private final Flaw flaw;
    private final Channel good;
    private final AtomicBoolean anyClosed;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private final Queue<Message> kept = new ConcurrentLinkedQueue<>();
    private final List<Consumer<? super CloseReason>> callbacks = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private byte[] shared = new byte[0];
    private boolean ended;

    /** What is wrong with it. */
    enum Flaw {
        NONE,
        /** The fifth message is taken and forgotten. */
        DROPS_A_MESSAGE,
        /** The fifth message is sent after the sixth. */
        REORDERS,
        /** The fifth message arrives twice. */
        DELIVERS_TWICE,
        /** A long message arrives in two. */
        TEARS_LONG_MESSAGES,
        /** The bytes of a message are turned round where they lie. */
        SCRIBBLES_ON_PAYLOADS,
        /** A received message lies where the one before lay. */
        REUSES_ITS_BUFFER,
        /** Kinds are signed bytes. */
        TAKES_KINDS_FOR_SIGNED,
        /** Correlation ids are four bytes long. */
        SHORTENS_IDS,
        /** The longest message is too long. */
        REFUSES_THE_LONGEST,
        /** What finds no room waits in memory. */
        IS_UNBOUNDED,
        /** Who tries to send waits. */
        WAITS_IN_TRY_SEND,
        /** Who has no time to receive waits. */
        WAITS_WITHOUT_TIME,
        /** Who receives keeps others from sending. */
        SENDS_OR_RECEIVES,
        /** Who waits on a virtual thread keeps its carrier. */
        SPINS,
        /** An interrupt closes the channel, as it does with those of the JDK. */
        TAKES_AN_INTERRUPT_FOR_A_CLOSE,
        /** Who waits goes on waiting when it is interrupted. */
        SWALLOWS_INTERRUPTS,
        /** Who is interrupted too late to be stopped never hears of it. */
        FORGETS_INTERRUPTS,
        /** The end of one direction is that of both. */
        ENDS_BOTH_DIRECTIONS,
        /** The end is told once. */
        TELLS_THE_END_ONCE,
        /** An end and a close are the same. */
        TAKES_AN_END_FOR_A_CLOSE,
        /** A peer that closed is taken for dead. */
        TAKES_A_CLOSE_FOR_DEATH,
        /** The close overtakes what was sent before it. */
        CLOSES_TOO_SOON,
        /** A close waits for the peer. */
        WAITS_IN_CLOSE,
        /** Each callback is called twice. */
        CALLS_BACK_TWICE,
        /** A callback that comes late is not called. */
        FORGETS_LATE_CALLBACKS,
        /** What a callback throws reaches who closes. */
        LETS_CALLBACKS_THROW,
        /** Callbacks run under a lock that senders need. */
        CALLS_BACK_UNDER_A_LOCK
    }

    private DefectiveChannel(Flaw flaw, Channel good, AtomicBoolean anyClosed) {
        this.flaw = flaw;
        this.good = good;
        this.anyClosed = anyClosed;
    }

    /** Returns a connection both ends of which have the defect. */
    static ChannelPair pair(Flaw flaw, ChannelPair good) {
        AtomicBoolean anyClosed = new AtomicBoolean();
        return new ChannelPair(
                new DefectiveChannel(flaw, good.left(), anyClosed),
                new DefectiveChannel(flaw, good.right(), anyClosed));
    }

    private boolean has(Flaw one) {
        return flaw == one;
    }

    // ------------------------------------------------------------------ sending

    /** The way of the good channel to send, which the flaw is in front of. */
    private interface Sending {
        boolean send(Message message) throws ChannelException, InterruptedException;
    }

    @Override
    public void send(Message message) throws ChannelException, InterruptedException {
        var _ = sendBadly(message, each -> {
            good.send(each);
            return true;
        });
    }

    @Override
    public boolean send(Message message, Duration timeout) throws ChannelException, InterruptedException {
        return sendBadly(message, each -> good.send(each, timeout));
    }

    @Override
    public boolean trySend(Message message) throws ChannelException {
        try {
            if (has(Flaw.WAITS_IN_TRY_SEND)) {
                return good.send(message, TOO_LONG);
            }
            if (has(Flaw.IS_UNBOUNDED) && !good.trySend(message)) {
                kept.add(message);
            }
            return has(Flaw.IS_UNBOUNDED) || sendBadly(message, good::trySend);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean sendBadly(Message message, Sending sending) throws ChannelException, InterruptedException {
        boolean locked = has(Flaw.SENDS_OR_RECEIVES) || has(Flaw.CALLS_BACK_UNDER_A_LOCK);
        if (locked) {
            lock.lockInterruptibly();
        }
        try {
            return sendInterruptibly(message, sending);
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    private boolean sendInterruptibly(Message message, Sending sending) throws ChannelException, InterruptedException {
        try {
            boolean done = sendInDisorder(changed(message), sending);
            if (has(Flaw.FORGETS_INTERRUPTS)) {
                Thread.interrupted();
            }
            return done;
        } catch (InterruptedException e) {
            if (has(Flaw.TAKES_AN_INTERRUPT_FOR_A_CLOSE)) {
                close();
            }
            throw e;
        } finally {
            scribble(message);
        }
    }

    private Message changed(Message message) throws ChannelException {
        if (has(Flaw.REFUSES_THE_LONGEST) && message.length() == maxMessageLength()) {
            throw new ChannelException.TooLarge(message.length(), message.length() - 1);
        }
        return new Message(
                has(Flaw.TAKES_KINDS_FOR_SIGNED) ? Math.abs((byte) message.kind()) : message.kind(),
                has(Flaw.SHORTENS_IDS) ? (int) message.correlationId() : message.correlationId(),
                message.payload());
    }

    private boolean sendInDisorder(Message message, Sending sending) throws ChannelException, InterruptedException {
        boolean fifth = sent.incrementAndGet() == 5;
        if (has(Flaw.DROPS_A_MESSAGE) && fifth) {
            return true;
        }
        if (has(Flaw.REORDERS) && fifth) {
            return kept.add(message);
        }
        boolean done = sending.send(message);
        if (has(Flaw.DELIVERS_TWICE) && fifth) {
            done = sending.send(message);
        }
        Message late = kept.poll();
        return late == null ? done : sending.send(late);
    }

    private void scribble(Message message) {
        ByteBuffer payload = message.payload();
        if (has(Flaw.SCRIBBLES_ON_PAYLOADS) && !payload.isReadOnly() && payload.hasRemaining()) {
            payload.put(0, (byte) ~payload.get(0));
        }
    }

    // ------------------------------------------------------------------ receiving

    @Override
    public Received receive() throws ChannelException, InterruptedException {
        return receive(Duration.ofDays(1));
    }

    @Override
    public Received receive(Duration timeout) throws ChannelException, InterruptedException {
        if (has(Flaw.SENDS_OR_RECEIVES)) {
            lock.lockInterruptibly();
        }
        try {
            return altered(receiveWrongly(timeout));
        } catch (InterruptedException e) {
            if (has(Flaw.TAKES_AN_INTERRUPT_FOR_A_CLOSE)) {
                close();
            }
            throw e;
        } finally {
            if (has(Flaw.SENDS_OR_RECEIVES)) {
                lock.unlock();
            }
        }
    }

    private Received receiveWrongly(Duration timeout) throws ChannelException, InterruptedException {
        if (has(Flaw.SPINS)) {
            return spin(timeout);
        }
        if (has(Flaw.WAITS_WITHOUT_TIME) && !timeout.isPositive()) {
            return good.receive(TOO_LONG);
        }
        try {
            return good.receive(timeout);
        } catch (InterruptedException e) {
            if (has(Flaw.SWALLOWS_INTERRUPTS)) {
                return good.receive(timeout);
            }
            throw e;
        }
    }

    private Received spin(Duration timeout) throws ChannelException {
        long start = System.nanoTime();
        Received received = good.tryReceive();
        while (received == Received.Absent.NOTHING_YET
                && Duration.ofNanos(System.nanoTime() - start).compareTo(timeout) < 0) {
            received = good.tryReceive();
        }
        return received;
    }

    @Override
    public Received tryReceive() throws ChannelException {
        return altered(good.tryReceive());
    }

    private Received altered(Received received) throws ChannelException {
        if (has(Flaw.CLOSES_TOO_SOON)) {
            LockSupport.parkNanos(1_000_000); // so slow that it is overtaken for sure
            if (anyClosed.get()) {
                return Received.Absent.END;
            }
        }
        return switch (received) {
            case Message message -> placed(message);
            case Received.Absent.END -> end();
            case Received.Absent.NOTHING_YET -> nothingYet();
        };
    }

    private Message placed(Message message) {
        if (has(Flaw.TEARS_LONG_MESSAGES) && message.length() > 1000) {
            int half = message.length() / 2;
            kept.add(new Message(
                    message.kind(), message.correlationId(), message.payload().slice(half, message.length() - half)));
            return new Message(
                    message.kind(), message.correlationId(), message.payload().slice(0, half));
        }
        if (has(Flaw.REUSES_ITS_BUFFER)) {
            shared = shared.length == message.length() ? shared : Arrays.copyOf(shared, message.length());
            message.payload().get(shared);
            return Message.of(message.kind(), message.correlationId(), shared);
        }
        return message;
    }

    private Received end() {
        if (has(Flaw.TAKES_AN_END_FOR_A_CLOSE)) {
            close();
        }
        if (has(Flaw.TELLS_THE_END_ONCE) && ended) {
            return Received.Absent.NOTHING_YET;
        }
        ended = true;
        return Received.Absent.END;
    }

    private Received nothingYet() {
        Message rest = has(Flaw.TEARS_LONG_MESSAGES) ? kept.poll() : null;
        return rest == null ? Received.Absent.NOTHING_YET : rest;
    }

    // ------------------------------------------------------------------ the end

    @Override
    public void closeOutput() throws ChannelException, InterruptedException {
        good.closeOutput();
        if (has(Flaw.ENDS_BOTH_DIRECTIONS)) {
            good.close();
        }
    }

    @Override
    public void onClose(Consumer<? super CloseReason> callback) {
        switch (flaw) {
            case LETS_CALLBACKS_THROW -> callbacks.add(callback);
            case CALLS_BACK_TWICE -> {
                good.onClose(callback);
                good.onClose(callback);
            }
            case CALLS_BACK_UNDER_A_LOCK -> good.onClose(reason -> callUnderLock(callback, reason));
            case FORGETS_LATE_CALLBACKS -> {
                if (isOpen()) {
                    good.onClose(callback);
                }
            }
            default -> good.onClose(callback);
        }
    }

    private void callUnderLock(Consumer<? super CloseReason> callback, CloseReason reason) {
        lock.lock();
        try {
            callback.accept(reason);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<CloseReason> closeReason() {
        Optional<CloseReason> reason = good.closeReason();
        boolean late = has(Flaw.TAKES_A_CLOSE_FOR_DEATH) && reason.equals(Optional.of(new CloseReason.PeerClosed()));
        return late ? Optional.of(new CloseReason.PeerDied()) : reason;
    }

    @Override
    public int maxMessageLength() {
        return good.maxMessageLength();
    }

    @Override
    public void close() {
        if (has(Flaw.WAITS_IN_CLOSE) && closes.getAndIncrement() == 0) {
            waitForRoom();
        }
        good.close();
        anyClosed.set(true);
        callbacks.forEach(callback -> callback.accept(new CloseReason.Local()));
    }

    private void waitForRoom() {
        try {
            good.send(Message.of(0, 0), TOO_LONG);
        } catch (ChannelException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
