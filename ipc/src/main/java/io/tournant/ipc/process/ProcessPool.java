package io.tournant.ipc.process;

import io.tournant.core.ExecutorOptions;
import io.tournant.core.TaskExecutor;
import io.tournant.core.TaskExecutors;
import io.tournant.core.spi.TaskBackend;
import io.tournant.ipc.Transport;
import io.tournant.ipc.process.codec.ObjectCodec;
import io.tournant.ipc.process.launch.WorkerSettings;
import io.tournant.ipc.process.supervisor.ProcessBackend;
import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Opens executors whose tasks run in child JVMs.
 *
 * <p>A worker is a JVM of the same class path or module path as this one, started before it is needed, and runs one task
 * at a time. A task and what it captures, its result and its exception are copied by Java serialization; a task shares
 * no memory with its submitter, sees an empty standard input, and has its output logged under {@code io.tournant.worker}
 * at level INFO.
 *
 * <h2>Crashes</h2>
 *
 * If a worker dies, the task it was running is {@linkplain io.tournant.core.TaskOutcome.Lost lost}, and the worker is
 * replaced. A task that it had not begun is given to another worker. Processes that the task had started, and that are
 * still there when its worker crashes, are left alone; those of a task that is cancelled or timed out are ended with it. If no worker comes up, three times in a row, the
 * tasks that wait are lost, with what the worker printed as the cause; later tasks try again.
 *
 * <p>A worker that is stopped by a signal, and does not die, holds its task until that is cancelled or its limit ends it.
 *
 * <h2>Cancellation</h2>
 *
 * A cancelled or timed-out task is interrupted; after its {@linkplain io.tournant.core.TaskOptions#cancelGrace() grace}
 * its worker and that worker's descendants are asked to exit, and after another one killed.
 *
 * <h2>Life cycle</h2>
 *
 * Workers end when the executor is closed, and when this JVM ends, however it ends. The threads that serve them are
 * daemons: close the executor to wait for its tasks.
 *
 * <h2>Errors</h2>
 *
 * {@code submit} refuses a task that cannot be sent, naming the object that stands in the way and how it is reached.
 *
 * @implNote Requires a POSIX shell at {@code /bin/sh} and {@code /dev/fd}, as on Linux and macOS.
 */
public final class ProcessPool {

    private ProcessPool() {}

    /**
     * Returns a builder with as many workers as there are processors and the JVM's default heap.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the settings of a process pool. Not thread-safe. */
    public static final class Builder {

        private static final Pattern HEAP = Pattern.compile("\\d{1,9}[kKmMgG]?");

        private static final long LEAST_HEAP_BYTES = 2 << 20;

        private int workers = Runtime.getRuntime().availableProcessors();
        private final List<String> jvmOptions = new ArrayList<>();
        private Transport transport = Transport.unixSocket();
        private Duration startTimeout = Duration.ofSeconds(30);
        private ObjectInputFilter filter = info -> ObjectInputFilter.Status.UNDECIDED;

        private Consumer<? super ExecutorOptions.Builder> options = plain -> {};

        private Builder() {}

        /**
         * Sets how many workers there are.
         *
         * @param workers a number of at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder workers(int workers) {
            if (workers < 1) {
                throw new IllegalArgumentException("A process pool has at least one worker: workers=" + workers);
            }
            this.workers = workers;
            return this;
        }

        /**
         * Sets the greatest heap of each worker.
         *
         * @param heap a size as {@code -Xmx} takes it, such as {@code 256m}
         * @return this builder
         * @throws IllegalArgumentException if it is no such size
         */
        public Builder heap(String heap) {
            if (!HEAP.matcher(heap).matches()) {
                throw new IllegalArgumentException(
                        "A heap size is a number with k, m or g, such as 256m: heap=" + heap);
            }
            if (bytes(heap) < LEAST_HEAP_BYTES) {
                throw new IllegalArgumentException("A worker does not start with so small a heap: heap=" + heap
                        + " minimum=2m. Give the unit: 256m, not 256.");
            }
            return jvmOptions("-Xmx" + heap);
        }

        private static long bytes(String heap) {
            int shift =
                    switch (Character.toLowerCase(heap.charAt(heap.length() - 1))) {
                        case 'k' -> 10;
                        case 'm' -> 20;
                        case 'g' -> 30;
                        default -> 0;
                    };
            String digits = shift == 0 ? heap : heap.substring(0, heap.length() - 1);
            return Long.parseLong(digits) << shift;
        }

        /**
         * Adds options for the JVM of each worker, after those that this library sets.
         *
         * @param options for example {@code -Dkey=value} or {@code -XX:+UseG1GC}
         * @return this builder
         */
        public Builder jvmOptions(String... options) {
            jvmOptions.addAll(List.of(options));
            return this;
        }

        /**
         * Sets what carries tasks and results: Unix-domain sockets unless another is given. Its greatest message length
         * limits both. A worker connects with the same settings; the number of peers does not matter.
         *
         * @param transport a transport
         * @return this builder
         */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /**
         * Sets how long a worker may take from its start until it has connected.
         *
         * @param startTimeout a positive duration
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder startTimeout(Duration startTimeout) {
            if (!startTimeout.isPositive()) {
                throw new IllegalArgumentException("A worker needs some time to start: startTimeout=" + startTimeout);
            }
            this.startTimeout = startTimeout;
            return this;
        }

        /**
         * Sets which classes may arrive in results and exceptions. Whatever is set, streams made to exhaust the reader
         * are refused, and a filter set for the whole JVM applies as well.
         *
         * @param filter a filter; what it leaves undecided is admitted
         * @return this builder
         */
        public Builder resultFilter(ObjectInputFilter filter) {
            this.filter = Objects.requireNonNull(filter, "filter");
            return this;
        }

        /**
         * Sets what the executor does for its tasks besides running them: how many wait, who is told, when it gives up.
         *
         * @param options sets the options
         * @return this builder
         */
        public Builder options(Consumer<? super ExecutorOptions.Builder> options) {
            this.options = Objects.requireNonNull(options, "options");
            return this;
        }

        /**
         * Opens the executor and begins to start its workers, without waiting for them.
         *
         * @return a new executor, to be closed by the caller
         * @throws IllegalArgumentException if an option of the executor is out of range or does not fit
         */
        public TaskExecutor build() {
            return TaskExecutors.over("process", backend(), options);
        }

        TaskBackend backend() {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            ClassLoader loader = context != null ? context : ProcessPool.class.getClassLoader();
            WorkerSettings settings = new WorkerSettings(transport, List.copyOf(jvmOptions), startTimeout);
            return new ProcessBackend(workers, settings, new ObjectCodec(loader, filter));
        }
    }
}
