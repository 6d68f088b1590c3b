package io.tournant.core.task;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Says what must be said and must not cost anything else: a logging backend that throws is not the task's matter. */
public final class Notes {

    private Notes() {}

    /** Has the class ready. */
    static void load() {}

    /** Logs a warning. */
    public static void warn(Logger log, String message, @Nullable Throwable cause) {
        try {
            log.warn(message, cause);
        } catch (RuntimeException | Error e) { // of the log, or of the exception when it is printed
            try {
                log.warn("{} (its exception cannot be printed)", message);
            } catch (RuntimeException | Error again) {
                // there is nobody left to tell
            }
        }
    }
}
