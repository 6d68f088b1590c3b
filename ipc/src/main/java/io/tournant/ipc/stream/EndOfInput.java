package io.tournant.ipc.stream;

import io.tournant.ipc.CloseReason;
import java.io.Serial;

/** Nothing more will ever be read; thrown by the input to the channel that it is part of. */
final class EndOfInput extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final CloseReason reason;

    EndOfInput(CloseReason reason) {
        super(null, null, false, false);
        this.reason = reason;
    }

    CloseReason reason() {
        return reason;
    }
}
