package io.tournant.core;

/**
 * How many tasks an executor has seen. The counts are read one after the other while tasks go on, so that they agree
 * with each other only when the executor is quiescent: then {@code submitted} is the sum of the five outcomes.
 *
 * @param submitted tasks accepted
 * @param succeeded tasks that returned
 * @param failed tasks that threw
 * @param cancelled tasks cancelled before or while they ran
 * @param timedOut tasks that exceeded a limit
 * @param lost tasks whose process died
 * @param rejected tasks refused by {@code submit}, {@code execute} or {@code trySubmit}
 * @param retried attempts that were followed by another
 * @param abandoned tasks whose work could not be ended and was given up
 * @param running tasks that run at this moment
 * @param waiting tasks accepted and not yet running, those between two attempts among them
 */
public record ExecutorStats(
        long submitted,
        long succeeded,
        long failed,
        long cancelled,
        long timedOut,
        long lost,
        long rejected,
        long retried,
        long abandoned,
        long running,
        long waiting) {}
