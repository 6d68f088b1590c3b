package io.tournant.ipc.process.protocol;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Message;

/** The kinds of message between a parent and its worker. The correlation id is the id of the task. */
public enum MessageKind {
    /*
     * Overview   parent: RUN, then any number of CANCEL. Worker: STARTED before any code of the user's, decoding
     *            included; any number of PROGRESS; then one of SUCCEEDED and FAILED. A worker has one task at a time.
     *            A worker that died and whose STARTED did not arrive has not begun the task: what it wrote before its
     *            death can still be read.
     */

    /** To the worker: a {@link RunRequest}. */
    RUN(1),
    /** To the worker: a {@link CancelRequest}. */
    CANCEL(2),
    /** From the worker: user code is about to run. No payload. */
    STARTED(3),
    /** From the worker: a {@link ProgressReport}. */
    PROGRESS(4),
    /** From the worker: the result, encoded. */
    SUCCEEDED(5),
    /** From the worker: the exception, encoded. */
    FAILED(6);

    private final int code;

    MessageKind(int code) {
        this.code = code;
    }

    /** Returns the number that stands for this kind in a message. */
    public int code() {
        return code;
    }

    /** Returns the kind of a message. */
    public static MessageKind of(Message message) throws ChannelException.Corrupt {
        for (MessageKind kind : values()) {
            if (kind.code == message.kind()) {
                return kind;
            }
        }
        throw new ChannelException.Corrupt("There is no message of this kind: kind=" + message.kind());
    }
}
