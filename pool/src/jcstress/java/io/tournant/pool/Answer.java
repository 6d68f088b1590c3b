package io.tournant.pool;

/** A task with a result, which is not what is there before. */
final class Answer extends ForkTask<Integer> {

    static final int VALUE = 42;

    @Override
    protected Integer compute() {
        return VALUE;
    }

    /** What is there, 0 if nothing is. */
    int kept() {
        Integer kept = result();
        return kept == null ? 0 : kept;
    }
}
