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

    /** Steals half of the tasks in one attempt. */
    static int stealBatch(WorkDeque deque) {
        int[] sum = {0};
        deque.stealBatch(Integer.MAX_VALUE, false, Nothing.class, task -> sum[0] += ((Weight) task).weight);
        return sum[0];
    }

    /** Steals until there is nothing, and waits for who is at it. */
    static int drain(WorkDeque deque) {
        int[] sum = {0};
        while (deque.steal(task -> sum[0] += ((Weight) task).weight) != Steal.EMPTY) {
            Thread.onSpinWait();
        }
        return sum[0];
    }

    /** The type of no task. */
    interface Nothing extends Runnable {}

    /** Steals up to the given number of tasks, one attempt for each. */
    static int steal(WorkDeque deque, int attempts) {
        int[] sum = {0};
        for (int i = 0; i < attempts; i++) {
            deque.steal(task -> sum[0] += ((Weight) task).weight);
        }
        return sum[0];
    }
}
