package io.tournant.ipc.frame;

import org.jspecify.annotations.Nullable;

/** What a listener answers to who wants in. */
public enum Verdict {
    /** Come in. */
    WELCOME(0),
    /** That is not the token. */
    WRONG_TOKEN(1),
    /** We do not speak that version. */
    WRONG_VERSION(2),
    /** You belong to another user. */
    WRONG_USER(3),
    /** That was no hello. */
    NOT_A_PEER(4);

    private static final Verdict[] VALUES = values();

    private final short code;

    Verdict(int code) {
        this.code = (short) code;
    }

    short code() {
        return code;
    }

    static @Nullable Verdict ofCode(short code) {
        return code >= 0 && code < VALUES.length ? VALUES[code] : null;
    }
}
