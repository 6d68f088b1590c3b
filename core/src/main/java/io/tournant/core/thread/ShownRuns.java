package io.tournant.core.thread;

import io.tournant.core.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runs that are being executed on any number of threads, without a lock and without memory of its own for each. */
final class ShownRuns {
    /*
     * Overview   A few stacks of nodes, after Treiber [1]. A node is emptied where it lies when its run has ended. Whoever
     *            pushes takes out the empty nodes at the top, and those between the node at the stack's cursor and the next
     *            full one, to which the cursor moves. Nobody waits.
     *            [1] R. K. Treiber, Systems Programming: Coping with Parallelism, IBM RJ 5118, 1986
     *
     * Bound      If at most n runs are shown at a time, a stack holds about 3n nodes. The cursor goes from the top to the
     *            bottom by way of nodes that are full, so a round takes at most n pushes. It takes out what was empty when
     *            it began: what lies there was full then (n), was pushed since (n), or was emptied in the round before
     *            behind the cursor (n). If k threads at a time push onto the same stack, they may each see an old cursor,
     *            and the n pushes of a round become kn.
     *
     * Fields     field   | written by                                      | read by | edge
     *            head    | whoever pushes, by CAS                          | anyone  | SHOWN
     *            cursor  | whoever pushes                                  | pushers | SHOWN
     *            run     | constructor; emptied when the run has ended     | anyone  | SHOWN
     *            next    | whoever pushes, before; whoever meets an empty  | anyone  | SHOWN
     *                    | node behind it                                  |         |
     *
     * Edges
     *            SHOWN  push: head by CAS, then the run begins and looks whether its executor is stopping >< stopper: stop,
     *                   then head volatile. One of the two sees the other, so the run is cancelled. And: a node's fields,
     *                   then head by CAS -> head volatile, then the fields; and the same by way of cursor and
     *                   next, release -> acquire.
     *
     * Accepted   a next that skips empty nodes may be overwritten by one that skips fewer: both lead to all that is not empty.
     *            A pusher that was suspended may set the cursor back. A run that has ended may be shown a moment longer.
     */
    private static final VarHandle HEAD;
    private static final VarHandle CURSOR;
    private static final VarHandle RUN;
    private static final VarHandle NEXT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(StackWords.class, "head", Shown.class);
            CURSOR = lookup.findVarHandle(StackWords.class, "cursor", Shown.class);
            RUN = lookup.findVarHandle(Shown.class, "run", TaskRun.class);
            NEXT = lookup.findVarHandle(Shown.class, "next", Shown.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int STACKS = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2;

    private final Stack[] stacks = Stream.generate(Stack::new).limit(STACKS).toArray(Stack[]::new);

    /** The fields of a stack. */
    private static class StackWords {
        @SuppressWarnings("unused") // through HEAD
        private @Nullable Shown head;

        @SuppressWarnings("unused") // through CURSOR
        private @Nullable Shown cursor;
    }

    /** Keeps 128 bytes between itself and the next, since each is written by other threads. */
    @SuppressWarnings("unused") // by their place
    private static final class Stack extends StackWords {
        private long p0;
        private long p1;
        private long p2;
        private long p3;
        private long p4;
        private long p5;
        private long p6;
        private long p7;
        private long p8;
        private long p9;
        private long p10;
        private long p11;
        private long p12;
        private long p13;
        private long p14;
        private long p15;
    }

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

        private @Nullable TaskRun<?> present() {
            return (TaskRun<?>) RUN.getAcquire(this); // SHOWN
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
        push(node, (int) (Thread.currentThread().threadId() & (STACKS - 1)));
    }

    /** Pushes onto one of the stacks. */
    void push(Shown node, int index) {
        StackWords stack = stacks[index];
        Shown top;
        Shown below;
        do {
            top = (Shown) HEAD.getVolatile(stack); // SHOWN
            below = firstFull(top);
            node.next = below; // published with the node
        } while (!HEAD.compareAndSet(stack, top, node)); // SHOWN
        if (below != null) {
            moveCursor(stack, below);
        }
    }

    private static void moveCursor(StackWords stack, Shown top) {
        Shown at = (Shown) CURSOR.getAcquire(stack); // SHOWN
        CURSOR.setRelease(stack, skipEmpty(at == null ? top : at)); // SHOWN
    }

    private static @Nullable Shown firstFull(@Nullable Shown from) {
        Shown node = from;
        while (node != null && node.present() == null) {
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
        for (StackWords stack : stacks) {
            Shown node = firstFull((Shown) HEAD.getVolatile(stack)); // SHOWN
            while (node != null) {
                TaskRun<?> run = node.present();
                if (run != null) {
                    visitor.accept(run);
                }
                node = skipEmpty(node);
            }
        }
    }
}
