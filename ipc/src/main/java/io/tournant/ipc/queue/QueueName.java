package io.tournant.ipc.queue;

import io.tournant.ipc.socket.Leftovers;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a pair of queues: whose it is, and what nobody guesses.
 *
 * @param text {@code /tournant-PID-RANDOM}; each queue of the pair has something after it
 */
record QueueName(String text) {

    private static final Pattern FORM = Pattern.compile("/" + Leftovers.FRESH);

    /** Returns a name that nobody has. */
    static QueueName random() {
        return new QueueName("/" + Leftovers.freshName());
    }

    /** Reads a name that somebody else has made; null if it has another form. */
    static @Nullable QueueName parse(String text) {
        return FORM.matcher(text).matches() ? new QueueName(text) : null;
    }

    /** The queue from the connecting to the listening side. */
    String there() {
        return text + ".there";
    }

    /** The queue from the listening to the connecting side. */
    String back() {
        return text + ".back";
    }
}
