package io.tournant.core.executor;

import io.tournant.core.BackendTraits;
import io.tournant.core.ExecutorOptions;
import io.tournant.core.RejectedTaskException;
import io.tournant.core.RejectedTaskException.Reason;
import io.tournant.core.RejectionPolicy;
import io.tournant.core.TaskOptions;
import io.tournant.core.WorkerCrashedException;
import io.tournant.core.admission.Room;
import io.tournant.core.admission.Ticket;
import io.tournant.core.admission.WaitingLine;
import io.tournant.core.spi.TaskBackend;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskOwner;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a task has to pass before its executor takes it, and the way that it takes from there. */
final class Entrance {

    private final String executor;
    private final ExecutorOptions options;
    private final BackendTraits traits;
    private final boolean isBounded;
    private final @Nullable Circuit circuit;
    private final @Nullable WaitingLine<ManagedTask<?>> line;
    private final @Nullable Room room;

    /** How a task that was let in goes on. */
    enum Way {
        /** Straight to the backend. */
        BACKEND,
        /** Into the line in front of it. */
        LINE,
        /** It is executed by its submitter. */
        CALLER
    }

    /** What a submitter puts up with when there is no room. */
    enum Patience {
        /** What the policy says. */
        POLICY,
        /** As above, but no wait: it is a task of this executor, and holds a place itself. */
        NO_WAIT,
        /** Nothing. */
        NONE
    }

    Entrance(String executor, TaskBackend backend, ExecutorOptions options, Consumer<ManagedTask<?>> passOn) {
        this.executor = executor;
        this.options = options;
        traits = backend.traits();
        boolean lined =
                options.concurrency().isPresent() || options.queueCapacity().isPresent() || options.priorities();
        isBounded = lined || backend.parallelism().isPresent();
        if (lined) {
            int slots = slots(backend);
            OptionalInt capacity = options.queueCapacity();
            line = new WaitingLine<>(slots, passOn);
            room = capacity.isPresent() ? new Room(saturatedSum(slots, capacity.getAsInt())) : null;
        } else {
            line = null;
            room = null;
        }
        if (options.whenSaturated() instanceof RejectionPolicy.CallerRuns && !traits.sharesMemory()) {
            throw new IllegalArgumentException(
                    "A backend that does not share memory with its submitter does not run tasks"
                            + " there; choose to abort or to block. backend=" + executor);
        }
        circuit = traits.isolatesCrashes()
                ? options.circuit()
                        .map(policy -> new Circuit(executor, policy, System::nanoTime))
                        .orElse(null)
                : null;
    }

    private int slots(TaskBackend backend) {
        if (traits.runsInCaller()) {
            throw new IllegalArgumentException("A backend that runs tasks in their submitter has no queue; leave out"
                    + " concurrency, queueCapacity and priorities. backend=" + executor);
        }
        int most = backend.parallelism().orElse(Integer.MAX_VALUE);
        if (options.concurrency().isEmpty() && backend.parallelism().isEmpty()) {
            throw new IllegalArgumentException(
                    "On a backend that runs every task at once nothing waits; give concurrency as"
                            + " well as queueCapacity or priorities. backend=" + executor);
        }
        return Math.min(most, options.concurrency().orElse(most));
    }

    private static int saturatedSum(int a, int b) {
        return (int) Math.min(Integer.MAX_VALUE, (long) a + b);
    }

    /** Returns the owner of a task that may have to wait, or null if tasks go straight to the backend. */
    @Nullable
    LinedUp lineUp(TaskOwner owner, int priority, long sequence) {
        return line == null ? null : new LinedUp(owner, line, room, new Ticket(priority, sequence));
    }

    /** Returns whether a task may have to wait for the end of others. */
    boolean mayHaveToWait() {
        return isBounded;
    }

    /** Lets a task in, or throws what submit is to throw. */
    Way admit(@Nullable LinedUp lined, TaskOptions task, Patience patience) {
        if (task.priority() != 0 && !options.priorities()) {
            throw new RejectedTaskException(
                    Reason.UNSUPPORTED,
                    "This executor keeps no order of priority. Open it with ExecutorOptions.priorities, or leave the priority"
                            + " out. executor=" + executor + " priority=" + task.priority());
        }
        Way way = Way.BACKEND;
        if (lined != null) {
            way = room == null ? Way.LINE : findPlace(room, lined, patience);
        }
        if (circuit != null) { // last, so that the one task that it lets through on trial meets no other obstacle
            try {
                circuit.admit();
            } catch (RejectedTaskException e) {
                if (lined != null) {
                    lined.leave();
                }
                throw e;
            }
        }
        return way;
    }

    private Way findPlace(Room room, LinedUp lined, Patience patience) {
        RejectionPolicy policy = options.whenSaturated();
        boolean found = room.tryTake();
        if (!found && patience == Patience.POLICY && policy instanceof RejectionPolicy.Block block) {
            found = await(room, block);
        }
        if (found) {
            lined.holdsPlace();
            return Way.LINE;
        }
        boolean callerRuns = policy instanceof RejectionPolicy.CallerRuns
                || (policy instanceof RejectionPolicy.Block && patience == Patience.NO_WAIT);
        if (patience != Patience.NONE && callerRuns && traits.sharesMemory()) {
            return Way.CALLER;
        }
        throw saturated(room, null);
    }

    private boolean await(Room room, RejectionPolicy.Block block) {
        try {
            return room.tryTake(block.atMost());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw saturated(room, e);
        }
    }

    private RejectedTaskException saturated(Room room, @Nullable InterruptedException cause) {
        return new RejectedTaskException(
                Reason.SATURATED,
                (cause == null ? "" : "The wait for room was interrupted. ")
                        + "The executor holds as many tasks as it may; submit later, or raise the limits. executor="
                        + executor + " places=" + room.places() + " policy=" + options.whenSaturated(),
                cause);
    }

    /** An attempt ended by itself, unless it never began. */
    void finished(ManagedTask<?> task) {
        if (circuit != null && task.placement().isPresent()) {
            circuit.finished();
        }
    }

    /** Whatever ran an attempt died. */
    void lost(WorkerCrashedException cause) {
        if (circuit != null) {
            circuit.lost(cause);
        }
    }

    /** Nobody is let in any more: those who wait are to find that out. */
    void close() {
        if (room != null) {
            room.close();
        }
    }

    /** Takes out the tasks that wait in the line. */
    void drainTo(Consumer<? super ManagedTask<?>> waiting) {
        if (line != null) {
            line.drainTo(waiting);
        }
    }
}
