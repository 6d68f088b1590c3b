package io.tournant.pool.parking;

/**
 * Sees to it that a StackOverflowError comes before something that must not be left half done, and not in its midst.
 * Computations fork and join deep in a recursion, which is where stacks overflow.
 */
public final class StackRoom {

    /**
     * Three kilobytes of compiled code, nine of interpreted: more than a claim, a wake-up or a change of the spares takes.
     * Few calls that carry much, since a processor predicts only so many returns.
     */
    private static final int CALLS = 48;

    private StackRoom() {}

    /**
     * Uses so much of the stack, and gives it back.
     *
     * @throws StackOverflowError if there is not so much left
     */
    public static void reserve() {
        long _ = descend(CALLS, 1, 2, 3, 4, 5, 6);
    }

    /** What is computed is of no use, but takes each value until after the call, so that each has a place in the frame. */
    private static long descend(int calls, long a, long b, long c, long d, long e, long f) {
        return calls == 0 ? a : descend(calls - 1, b, c, d, e, f, a) + (a ^ b) + (c ^ d) + (e ^ f);
    }
}
