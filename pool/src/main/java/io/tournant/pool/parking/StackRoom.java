package io.tournant.pool.parking;

/**
 * Sees to it that a StackOverflowError comes before something that must not be left half done, and not in its midst.
 * Computations fork and join deep in a recursion, which is where stacks overflow.
 */
public final class StackRoom {

    /** More calls than a claim, a wake-up or a change of the spares takes. */
    private static final int CALLS = 256;

    private StackRoom() {}

    /**
     * Uses so much of the stack, and gives it back.
     *
     * @throws StackOverflowError if there is not so much left
     */
    public static void reserve() {
        int _ = descend(CALLS);
    }

    private static int descend(int calls) {
        return calls == 0 ? 0 : 1 + descend(calls - 1);
    }
}
