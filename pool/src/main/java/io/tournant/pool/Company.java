package io.tournant.pool;

import io.tournant.pool.lines.Padding;

/**
 * Whether it is worth waking another worker for a task that is the only one in its deque. Where each task submits its
 * successor and ends, the same worker runs them all in any case, and a wake-up costs more than a hundred of them. So after
 * some wake-ups for an only task that its own worker then ran itself, such a task wakes nobody; the watch finds it if it
 * lies for long. Used by the worker's thread only.
 */
class Company extends Padding {

    private static final int ATTEMPTS = 4;

    /** How many wake-ups in a row were of no use. */
    private int useless;

    /** Whether an only task was pushed since the worker took its last one, and whether somebody was woken for it. */
    private boolean pushed;

    private boolean expected;

    /** An only task is pushed. Returns whether to wake somebody. */
    boolean isSought() {
        if (pushed) { // and another has taken that one, or this would not be the only one
            useless = 0;
            expected = false;
        }
        pushed = true;
        return useless < ATTEMPTS;
    }

    /** Somebody was woken for an only task. */
    void onWoken() {
        expected = true;
    }

    /** The worker has taken a task of its own, or found that it has none. */
    void onNext(boolean own) {
        if (!own) {
            useless = 0;
        }
        if (pushed) {
            if (own && expected) {
                useless++;
            }
            expected = false;
            pushed = false;
        }
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    static final class Apart extends Company {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
    }
}
