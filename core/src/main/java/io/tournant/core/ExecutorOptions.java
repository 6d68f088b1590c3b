package io.tournant.core;

import io.tournant.core.context.MdcElement;
import io.tournant.core.spi.ContextElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an executor does for all of its tasks, whatever its backend. Wherever an executor is made, its builder is handed in:
 *
 * <pre>{@code TaskExecutors.virtual(o -> o.concurrency(100).queueCapacity(1000).whenSaturated(RejectionPolicy.callerRuns()))}</pre>
 *
 * <p>Tasks pass straight through to the backend unless {@code concurrency}, {@code queueCapacity} or {@code priorities} asks
 * for a queue in front of it.
 *
 * @param concurrency how many tasks run at once at most, or empty for as many as the backend runs
 * @param queueCapacity how many accepted tasks wait at most, or empty for no bound; 0 to take only what can run at once
 * @param whenSaturated what {@code submit} does when that many wait
 * @param priorities whether waiting tasks leave the queue by {@linkplain TaskOptions#priority() priority}
 * @param listeners are told what happens to tasks
 * @param context what of the submitter's thread is there for the task as well, besides the elements that are installed as
 *     {@link java.util.ServiceLoader services}
 * @param sampling every how many tasks the waiting and running times of one go into {@link TaskExecutor#timings()}; 0 for
 *     none, 1 for each
 * @param quarantine how many processes may die while they run the same task before it is not tried again
 * @param circuit when the executor stops taking tasks because whatever runs them dies, or empty for never
 * @param reaped whether the executor is shut down, with a warning, when it is no longer reachable and every task has ended
 */
public record ExecutorOptions(
        OptionalInt concurrency,
        OptionalInt queueCapacity,
        RejectionPolicy whenSaturated,
        boolean priorities,
        List<TaskListener> listeners,
        List<ContextElement<?>> context,
        int sampling,
        int quarantine,
        Optional<CircuitPolicy> circuit,
        boolean reaped) {

    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ExecutorOptions {
        requireAtLeast(1, "concurrency", concurrency.orElse(1));
        requireAtLeast(0, "queueCapacity", queueCapacity.orElse(0));
        Objects.requireNonNull(whenSaturated, "whenSaturated");
        listeners = List.copyOf(listeners);
        context = List.copyOf(context);
        requireAtLeast(0, "sampling", sampling);
        requireAtLeast(1, "quarantine", quarantine);
        Objects.requireNonNull(circuit, "circuit");
    }

    private static void requireAtLeast(int min, String field, int value) {
        if (value < min) {
            throw new IllegalArgumentException(
                    "An executor takes " + field + " from " + min + ": " + field + "=" + value);
        }
    }

    /**
     * Returns a builder of the options of an executor of which nothing is asked: no queue of its own, no listeners, no
     * context but that of installed services, no sampling, quarantine after two crashes, a
     * {@linkplain CircuitPolicy#ofDefaults() circuit}.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {

        private OptionalInt concurrency = OptionalInt.empty();
        private OptionalInt queueCapacity = OptionalInt.empty();
        private RejectionPolicy whenSaturated = RejectionPolicy.abort();
        private boolean priorities;
        private final List<TaskListener> listeners = new ArrayList<>();
        private final List<ContextElement<?>> context = new ArrayList<>();
        private int sampling;
        private int quarantine = 2;
        private Optional<CircuitPolicy> circuit = Optional.of(CircuitPolicy.ofDefaults());
        private boolean reaped = true;

        private Builder() {}

        /**
         * Limits the tasks that run at once. A task that was cancelled and does not end holds its place until it is given up.
         *
         * @param concurrency from 1
         * @return this builder
         */
        public Builder concurrency(int concurrency) {
            this.concurrency = OptionalInt.of(concurrency);
            return this;
        }

        /**
         * Limits the tasks that wait. A task between two attempts counts as one of them, and is never refused.
         *
         * @param queueCapacity from 0
         * @return this builder
         */
        public Builder queueCapacity(int queueCapacity) {
            this.queueCapacity = OptionalInt.of(queueCapacity);
            return this;
        }

        /**
         * Sets what {@code submit} does when as many tasks wait as may. The default is to refuse.
         *
         * @param whenSaturated the policy
         * @return this builder
         */
        public Builder whenSaturated(RejectionPolicy whenSaturated) {
            this.whenSaturated = whenSaturated;
            return this;
        }

        /**
         * Has waiting tasks leave the queue by priority, or not.
         *
         * @param priorities true for an order of priority
         * @return this builder
         */
        public Builder priorities(boolean priorities) {
            this.priorities = priorities;
            return this;
        }

        /**
         * Adds a listener, told after those before it.
         *
         * @param listener the listener
         * @return this builder
         */
        public Builder listener(TaskListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Adds something of the submitter's thread that is to be there for the task as well.
         *
         * @param element carries it
         * @return this builder
         */
        public Builder carry(ContextElement<?> element) {
            context.add(element);
            return this;
        }

        /**
         * Carries SLF4J's {@link org.slf4j.MDC} of the submitter's thread to the task's.
         *
         * @return this builder
         */
        public Builder carryMdc() {
            return carry(MdcElement.MDC);
        }

        /**
         * Collects the waiting and running times of some tasks for {@link TaskExecutor#timings()}.
         *
         * @param sampling 1 for each task, <i>n</i> for one in <i>n</i>, 0 for none
         * @return this builder
         */
        public Builder sampling(int sampling) {
            this.sampling = sampling;
            return this;
        }

        /**
         * Sets how many processes may die while they run the same task before it is not tried again.
         *
         * @param quarantine from 1
         * @return this builder
         */
        public Builder quarantine(int quarantine) {
            this.quarantine = quarantine;
            return this;
        }

        /**
         * Sets when the executor stops taking tasks because whatever runs them dies.
         *
         * @param circuit the policy
         * @return this builder
         */
        public Builder circuit(CircuitPolicy circuit) {
            this.circuit = Optional.of(circuit);
            return this;
        }

        /**
         * Has the executor take tasks whatever happens to them.
         *
         * @return this builder
         */
        public Builder noCircuit() {
            circuit = Optional.empty();
            return this;
        }

        /**
         * Shuts the executor down when it was forgotten, or not: switch that off if others use the backend too.
         *
         * @param reaped false to leave the backend alone
         * @return this builder
         */
        public Builder reaped(boolean reaped) {
            this.reaped = reaped;
            return this;
        }

        /**
         * Returns the options.
         *
         * @return the options
         * @throws IllegalArgumentException if a value is out of its range
         */
        public ExecutorOptions build() {
            return new ExecutorOptions(
                    concurrency,
                    queueCapacity,
                    whenSaturated,
                    priorities,
                    listeners,
                    context,
                    sampling,
                    quarantine,
                    circuit,
                    reaped);
        }
    }
}
