package io.tournant.core.thread;

import io.tournant.core.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The runs that are being executed on any number of threads, without a lock and without memory of its own for each. */
final class ShownRuns {
    /*
     * Overview   A few stacks of nodes, after Treiber [1]. A run is pushed before it begins; when it has ended its node is
     *            emptied. Whoever pushes takes out the empty nodes above the first full one and those just below it: so
     *            a node that is pushed leads to a full one that leads to a full one, and no more empty nodes stay behind a
     *            full one than were full when the next was pushed. Nobody waits.
     *            [1] R. K. Treiber, Systems Programming: Coping with Parallelism, IBM RJ 5118, 1986
     *
     * Fields     field | written by                                      | read by | edge
     *            heads | whoever pushes, by CAS                          | anyone  | SHOWN
     *            run   | constructor; emptied by who executes the run    | anyone  | SHOWN
     *            next  | whoever pushes, before; whoever meets an empty  | anyone  | SHOWN
     *                  | node behind it
     *
     * Edges
     *            SHOWN  push: head by CAS, then the run begins and looks whether its executor is stopping >< stopper: stop,
     *                   then head volatile. One of the two sees the other, so the run is cancelled. And: a node's fields,
     *                   then head by CAS -> head volatile, then the fields.
     *
     * Accepted   a next that skips empty nodes may be overwritten by one that skips fewer: both lead to all that is not empty.
     *            A run that has ended may be shown a moment longer.
     */
    private static final VarHandle HEADS = MethodHandles.arrayElementVarHandle(Shown[].class);
    private static final VarHandle RUN;
    private static final VarHandle NEXT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            RUN = lookup.findVarHandle(Shown.class, "run", TaskRun.class);
            NEXT = lookup.findVarHandle(Shown.class, "next", Shown.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int APART = 128 / Integer.BYTES;
    private static final int STACKS = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2;

    private final Shown[] heads = new Shown[STACKS * APART];

    /** A node. */
    static class Shown {
        @SuppressWarnings("FieldMayBeFinal") // through RUN
        private @Nullable TaskRun<?> run;

        @SuppressWarnings("unused") // through NEXT
        private @Nullable Shown next;

        Shown(TaskRun<?> run) {
            this.run = run;
        }

        /** Executes the run on the calling thread, and shows it meanwhile. */
        final void execute(ShownRuns shown) {
            TaskRun<?> present = run;
            if (present == null) {
                throw new IllegalStateException("A run is executed once");
            }
            shown.push(this);
            try {
                present.run();
            } finally {
                empty();
            }
        }

        /** The run has ended. */
        final void empty() {
            RUN.setRelease(this, null); // SHOWN
        }

        /** Returns how many nodes there are from here on, empty ones included. */
        final int length() {
            int length = 0;
            for (Shown node = this; node != null; node = (Shown) NEXT.getAcquire(node)) { // SHOWN
                length++;
            }
            return length;
        }
    }

    void push(Shown node) {
        int at = (int) (Thread.currentThread().threadId() & (STACKS - 1)) * APART;
        while (true) {
            Shown top = (Shown) HEADS.getVolatile(heads, at); // SHOWN
            Shown below = firstFull(top);
            if (below != null) {
                skipEmpty(below);
            }
            node.next = below; // published with the node
            if (HEADS.compareAndSet(heads, at, top, node)) { // SHOWN
                return;
            }
        }
    }

    private static @Nullable Shown firstFull(@Nullable Shown from) {
        Shown node = from;
        while (node != null && RUN.getAcquire(node) == null) { // SHOWN
            node = (Shown) NEXT.getAcquire(node); // SHOWN
        }
        return node;
    }

    /** Takes out the empty nodes below a node; returns the full one behind them. */
    private static @Nullable Shown skipEmpty(Shown node) {
        Shown next = (Shown) NEXT.getAcquire(node); // SHOWN
        Shown full = firstFull(next);
        if (!Objects.equals(next, full)) {
            NEXT.setRelease(node, full); // SHOWN
        }
        return full;
    }

    /** Shows the runs, and takes out the nodes of those that have ended. */
    void forEach(Consumer<? super TaskRun<?>> visitor) {
        for (int at = 0; at < heads.length; at += APART) {
            Shown node = firstFull((Shown) HEADS.getVolatile(heads, at)); // SHOWN
            while (node != null) {
                TaskRun<?> run = (TaskRun<?>) RUN.getAcquire(node); // SHOWN
                if (run != null) {
                    visitor.accept(run);
                }
                node = skipEmpty(node);
            }
        }
    }
}
