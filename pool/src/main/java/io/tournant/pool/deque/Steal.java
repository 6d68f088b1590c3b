package io.tournant.pool.deque;

/** What became of an attempt to take tasks that others may want too. */
public enum Steal {

    /** At least one task was taken and handed over. */
    SUCCESS,

    /** At some moment during the attempt there was nothing to take. */
    EMPTY,

    /** Somebody else was at it just then: nothing was taken, and nothing follows about what is left. Try again. */
    RETRY
}
