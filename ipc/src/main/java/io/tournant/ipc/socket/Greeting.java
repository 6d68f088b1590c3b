package io.tournant.ipc.socket;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.ChannelException.Refusal;
import io.tournant.ipc.frame.Verdict;
import io.tournant.ipc.frame.WelcomeLayout;
import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the connecting side says first, and how it takes the answer.
 *
 * @param maxMessageLength the longest payload that this side agrees to
 * @param timeout how long the answer may take
 * @param endpoint who is greeted, for messages
 */
public record Greeting(int maxMessageLength, Duration timeout, String endpoint) {

    /**
     * Says hello and waits for the welcome.
     *
     * @param wire to whom; nothing has been written to it
     * @param hello the hello, and what follows it
     * @return the longest payload in either direction
     * @throws ChannelException.Refused if there is no welcome; it says why
     * @throws IOException if the wire fails
     * @throws InterruptedException if interrupted
     */
    public int say(Wire wire, ByteBuffer... hello) throws IOException, InterruptedException {
        try {
            wire.write(hello); // it fits the empty buffer of a new socket or pipe
        } catch (IOException e) {
            throw refused(Refusal.NO_ANSWER, "The listener hung up at once (" + e.getMessage() + ")");
        }
        ByteBuffer welcome = WelcomeLayout.newBuffer();
        if (!read(wire, welcome, Deadline.after(timeout))) {
            throw refused(Refusal.NO_ANSWER, "The listener hung up without an answer");
        }
        if (welcome.hasRemaining()) {
            throw refused(Refusal.NO_ANSWER, "The listener did not answer within " + timeout);
        }
        check(WelcomeLayout.read(welcome, maxMessageLength), welcome);
        return WelcomeLayout.maxMessageLength(welcome);
    }

    /**
     * Reads what is awaited from the other side.
     *
     * @param wire where
     * @param target as much as is awaited; if anything remains, the time is up
     * @param deadline until when
     * @return false if the other side has hung up
     * @throws IOException if the wire fails
     * @throws InterruptedException if interrupted
     */
    public static boolean read(Wire wire, ByteBuffer target, Deadline deadline)
            throws IOException, InterruptedException {
        while (target.hasRemaining()) {
            if (wire.read(target) < 0) {
                return false;
            }
            if (target.hasRemaining()) {
                if (deadline.hasPassed()) {
                    return true;
                }
                wire.awaitReadable(deadline);
            }
        }
        return true;
    }

    private void check(@Nullable Verdict verdict, ByteBuffer welcome) throws ChannelException.Refused {
        switch (verdict) {
            case WELCOME -> {}
            case WRONG_TOKEN ->
                throw refused(Refusal.WRONG_TOKEN, "The listener expects another token, or nobody any more");
            case WRONG_VERSION ->
                throw refused(
                        Refusal.WRONG_VERSION,
                        "The listener speaks another version; use the same release on both sides (it speaks "
                                + WelcomeLayout.version(welcome) + ")");
            case WRONG_USER -> throw refused(Refusal.WRONG_USER, "The listener belongs to another user");
            case NOT_A_PEER ->
                throw refused(
                        Refusal.NOT_A_PEER,
                        "The listener did not understand the greeting, or listens for another transport");
            case null -> throw refused(Refusal.NOT_A_PEER, "Whoever listens there speaks another protocol");
        }
    }

    private ChannelException.Refused refused(Refusal refusal, String message) {
        return new ChannelException.Refused(refusal, message + ": endpoint=" + endpoint);
    }
}
