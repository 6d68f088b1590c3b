package io.tournant.ipc;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Channel}, {@link Listener} or {@link SharedBuffer} could not do what it was asked to. */
public abstract sealed class ChannelException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private ChannelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The channel, its output, or the listener is closed. */
    public static final class Closed extends ChannelException {

        @Serial
        private static final long serialVersionUID = 1;

        /** Why the channel is closed, if that is known. */
        private final @Nullable CloseReason reason;

        /**
         * Creates an exception.
         *
         * @param message a sentence, with {@code name=value} pairs
         * @param reason why the channel is closed, if that is known
         */
        public Closed(String message, @Nullable CloseReason reason) {
            super(message, null);
            this.reason = reason;
        }

        /**
         * Returns why the channel is closed.
         *
         * @return the reason; nothing if only the output is closed, or if the peer is gone and what it sent before has
         *     still to be received
         */
        public Optional<CloseReason> reason() {
            return Optional.ofNullable(reason);
        }
    }

    /** The payload is longer than the channel takes. The channel is as it was. */
    public static final class TooLarge extends ChannelException {

        @Serial
        private static final long serialVersionUID = 1;

        /**
         * Creates an exception.
         *
         * @param length the length of the payload in bytes
         * @param maxLength the greatest length that the channel takes
         */
        public TooLarge(int length, int maxLength) {
            super(
                    "The message is too long for this channel; split it, or raise the maximum on both sides: length="
                            + length + ", maxMessageLength=" + maxLength,
                    null);
        }
    }

    /** What arrived is no frame, or what a handle names is no buffer. */
    public static final class Corrupt extends ChannelException {

        @Serial
        private static final long serialVersionUID = 1;

        /**
         * Creates an exception.
         *
         * @param message what is wrong, with {@code name=value} pairs
         */
        public Corrupt(String message) {
            super(message, null);
        }
    }

    /** The two sides could not agree to talk. */
    public static final class Refused extends ChannelException {

        @Serial
        private static final long serialVersionUID = 1;

        /** Which rule was broken. */
        private final Refusal refusal;

        /**
         * Creates an exception.
         *
         * @param refusal which rule was broken
         * @param message a sentence, with {@code name=value} pairs
         */
        public Refused(Refusal refusal, String message) {
            super(message, null);
            this.refusal = refusal;
        }

        /**
         * Returns which rule was broken.
         *
         * @return the reason of the refusal
         */
        public Refusal refusal() {
            return refusal;
        }
    }

    /** Why two sides could not agree to talk. */
    public enum Refusal {
        /** The connecting side did not know the token, or every expected peer has connected. */
        WRONG_TOKEN,
        /** The sides speak different versions of the protocol. */
        WRONG_VERSION,
        /** The other side belongs to another user. */
        WRONG_USER,
        /** The other side does not speak this protocol at all. */
        NOT_A_PEER,
        /** The other side said nothing in time, or hung up. */
        NO_ANSWER
    }

    /** No endpoint or buffer could be made, or the endpoint given is not there. */
    public static final class Unavailable extends ChannelException {

        @Serial
        private static final long serialVersionUID = 1;

        /**
         * Creates an exception.
         *
         * @param message a sentence, with {@code name=value} pairs, that says what to do
         * @param cause what the operating system said, if it was asked
         */
        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The buffer that a handle names is no longer there: whoever held it has closed it, or is dead. */
    public static final class Gone extends ChannelException {

        @Serial
        private static final long serialVersionUID = 1;

        /**
         * Creates an exception.
         *
         * @param message a sentence, with {@code name=value} pairs
         */
        public Gone(String message) {
            super(message, null);
        }
    }

    /** The transport failed. */
    public static final class Failed extends ChannelException {

        @Serial
        private static final long serialVersionUID = 1;

        /**
         * Creates an exception.
         *
         * @param message a sentence, with {@code name=value} pairs
         * @param cause what the operating system said
         */
        public Failed(String message, IOException cause) {
            super(message, cause);
        }
    }
}
