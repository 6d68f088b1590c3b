package io.tournant.pool.deque;

/** A task that is known by a power of ten, so that the sum of what was taken shows what was lost or taken twice. */
record Weight(int weight) implements Runnable {

    static final Weight ONE = new Weight(1);
    static final Weight TEN = new Weight(10);
    static final Weight HUNDRED = new Weight(100);

    @Override
    public void run() {}

    static int popAll(WorkDeque deque) {
        int sum = 0;
        while (deque.pop() instanceof Weight task) {
            sum += task.weight;
        }
        return sum;
    }

    /** Steals up to the given number of tasks, one attempt for each. */
    static int steal(WorkDeque deque, int attempts) {
        int[] sum = {0};
        for (int i = 0; i < attempts; i++) {
            deque.steal(task -> sum[0] += ((Weight) task).weight);
        }
        return sum[0];
    }
}
