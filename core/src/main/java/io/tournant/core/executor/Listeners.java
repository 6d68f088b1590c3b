package io.tournant.core.executor;

import io.tournant.core.TaskListener;
import io.tournant.core.task.Notes;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the users' listeners, one after the other, and keeps to itself what they throw. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(TaskListener.class);

    private final List<TaskListener> listeners;

    Listeners(List<TaskListener> listeners) {
        this.listeners = listeners;
    }

    void tell(Consumer<? super TaskListener> event) {
        for (TaskListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) { // checked ones as well, from a language without them
                Notes.warn(
                        LOG,
                        "A task listener threw. listener=" + listener.getClass().getName(),
                        e);
            }
        }
    }
}
