package io.tournant.core.thread;

import io.tournant.core.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The runs that any number of threads were given, without a lock and with next to no memory for each. */
final class ShownRuns {
    /*
     * Overview   A few stacks of pages, after Treiber [1]. A run is written onto the first free line of the top page, and
     *            struck out there when it is over. No line is used twice. Whoever finds no free line pushes a page, takes out
     *            the pages at the top that are struck out from end to end, and those between the page at the stack's cursor
     *            and the next one in use, to which the cursor moves. Nobody waits.
     *            What another core has struck out takes a while to look at. With pages that is done once, when one is full,
     *            and for many runs at a time; whoever shows a run touches nothing else that others write.
     *            [1] R. K. Treiber, Systems Programming: Coping with Parallelism, IBM RJ 5118, 1986
     *
     * States     of a line: null -> a run -> a run that is struck out
     *
     * Bound      If at most n runs are shown at a time, at most n pages and the top one are in use, and a stack holds about
     *            three times as many. The cursor goes from the top to the bottom by way of pages in use, so a round takes at
     *            most n pushes. It takes out what was struck out when it began: what lies there was in use then (n), was
     *            pushed since (n), or was struck out in the round before behind the cursor (n). If k threads at a time push
     *            onto the same stack, they may each see an old cursor, and the n pushes of a round become kn.
     *
     * Fields     field  | written by                                       | read by | edge
     *            head   | whoever pushes or looks for the last, by CAS     | anyone  | SHOWN
     *            cursor | whoever pushes                                   | pushers | SHOWN
     *            lines  | whoever shows a run, by CAS                      | anyone  | SHOWN
     *            run    | constructor; null from when the run is over      | anyone  | SHOWN
     *            used   | whoever shows a run: about how many lines are    | showers | opaque: a hint
     *            next   | whoever pushes, before; whoever meets pages that | anyone  | SHOWN
     *                   | are struck out behind it                         |         |
     *
     * Edges
     *            SHOWN  show: line by CAS, and later the run begins and looks whether its executor is stopping >< stopper:
     *                   stop, then head and lines volatile. One of the two sees the other, so the run is cancelled. And: a
     *                   page's fields, then head by CAS -> head volatile, then the fields; and the same by way of cursor and
     *                   next, release -> acquire.
     *
     * Accepted   a next that skips pages may be overwritten by one that skips fewer: both lead to all that are in use. A pusher
     *            that was suspended may set the cursor back. A run that is over may be shown a moment longer.
     */
    private static final VarHandle STACKS = MethodHandles.arrayElementVarHandle(Page[].class);
    private static final VarHandle LINES = MethodHandles.arrayElementVarHandle(Shown[].class);
    private static final VarHandle RUN;
    private static final VarHandle NEXT;
    private static final VarHandle USED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            RUN = lookup.findVarHandle(Shown.class, "run", TaskRun.class);
            NEXT = lookup.findVarHandle(Page.class, "next", Page.class);
            USED = lookup.findVarHandle(Page.class, "used", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int NUMBER_OF_STACKS =
            Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2;
    private static final int APART = 128 / Integer.BYTES; // references, which take no less
    private static final int LINES_OF_A_PAGE = 32;

    private final @Nullable Page[] stacks = new Page[(NUMBER_OF_STACKS + 1) * APART];
    private final int linesOfAPage;

    ShownRuns() {
        this(LINES_OF_A_PAGE);
    }

    /** Makes pages of that many lines. */
    ShownRuns(int linesOfAPage) {
        this.linesOfAPage = linesOfAPage;
    }

    /** What stands on a line. */
    static class Shown {
        @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // through RUN
        private @Nullable TaskRun<?> run;

        Shown(TaskRun<?> run) {
            this.run = run;
        }

        /** Returns the run, or null if it is over. */
        final @Nullable TaskRun<?> present() {
            return (TaskRun<?>) RUN.getAcquire(this); // SHOWN
        }

        /** The run is over. */
        final void strike() {
            RUN.setRelease(this, null); // SHOWN
        }
    }

    /** Some runs, and the page below. */
    private static final class Page {
        private final @Nullable Shown[] lines;

        @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // through NEXT
        private @Nullable Page next;

        @SuppressWarnings("unused") // through USED
        private int used;

        Page(int lines, @Nullable Page next) {
            this.lines = new Shown[lines];
            this.next = next;
        }

        /** Returns false if no line is free. */
        boolean add(Shown shown) {
            for (int line = (int) USED.getOpaque(this); line < lines.length; line++) { // opaque: a hint
                if (LINES.compareAndSet(lines, line, null, shown)) { // SHOWN
                    USED.setOpaque(this, line + 1); // opaque: a hint
                    return true;
                }
            }
            return false;
        }

        private @Nullable Shown lineVolatile(int line) {
            return (Shown) LINES.getVolatile(lines, line); // SHOWN
        }

        boolean isStruckOut() {
            for (int line = 0; line < lines.length; line++) {
                Shown shown = lineVolatile(line); // SHOWN
                if (shown == null || shown.present() != null) {
                    return false;
                }
            }
            return true;
        }

        /** Looks at the runs until one meets a condition; returns whether one did. */
        boolean any(Predicate<? super TaskRun<?>> condition) {
            for (int line = 0; line < lines.length; line++) {
                Shown shown = lineVolatile(line); // SHOWN
                TaskRun<?> run = shown == null ? null : shown.present();
                if (run != null && condition.test(run)) {
                    return true;
                }
            }
            return false;
        }

        @Nullable
        Page nextAcquire() {
            return (Page) NEXT.getAcquire(this); // SHOWN
        }
    }

    /** Shows a run until it is struck out. Not ordered after that with anything but by whoever does so. */
    void show(Shown shown) {
        show(shown, (int) (Thread.currentThread().threadId() & (NUMBER_OF_STACKS - 1)));
    }

    /** Shows a run on one of the stacks. */
    void show(Shown shown, int stack) {
        Page top = headVolatile(stack); // SHOWN
        while (top == null || !top.add(shown)) {
            push(stack, top);
            top = headVolatile(stack); // SHOWN
        }
    }

    /** Pushes a page, unless somebody else does. */
    private void push(int stack, @Nullable Page top) {
        Page below = firstInUse(top);
        if (casHead(stack, top, new Page(linesOfAPage, below)) && below != null) { // SHOWN
            moveCursor(stack, below);
        }
    }

    private void moveCursor(int stack, Page top) {
        int cursor = head(stack) + 1;
        Page at = (Page) STACKS.getAcquire(stacks, cursor); // SHOWN
        STACKS.setRelease(stacks, cursor, nextInUse(at == null ? top : at)); // SHOWN
    }

    private static @Nullable Page firstInUse(@Nullable Page from) {
        Page page = from;
        while (page != null && page.isStruckOut()) {
            page = page.nextAcquire(); // SHOWN
        }
        return page;
    }

    /** Takes out the pages below one that are struck out; returns the one behind them. */
    private static @Nullable Page nextInUse(Page page) {
        Page next = page.nextAcquire(); // SHOWN
        Page used = firstInUse(next);
        if (!Objects.equals(next, used)) {
            NEXT.setRelease(page, used); // SHOWN
        }
        return used;
    }

    /** Looks at the runs that are shown, and takes out the pages of those that are over. */
    void forEach(Consumer<? super TaskRun<?>> visitor) {
        boolean _ = any(run -> {
            visitor.accept(run);
            return false;
        });
    }

    /** Returns whether no run is shown; tidies up likewise, as far as it looks. */
    boolean isEmpty() {
        return !any(run -> true);
    }

    private boolean any(Predicate<? super TaskRun<?>> condition) {
        for (int stack = 0; stack < NUMBER_OF_STACKS; stack++) {
            for (Page page = topInUse(stack); page != null; page = nextInUse(page)) {
                if (page.any(condition)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns how many pages there are. */
    int pages() {
        int pages = 0;
        for (int stack = 0; stack < NUMBER_OF_STACKS; stack++) {
            for (Page page = headVolatile(stack); page != null; page = page.nextAcquire()) { // SHOWN
                pages++;
            }
        }
        return pages;
    }

    private @Nullable Page topInUse(int stack) {
        Page top = headVolatile(stack); // SHOWN
        Page used = firstInUse(top);
        if (!Objects.equals(top, used)) {
            casHead(stack, top, used); // SHOWN
        }
        return used;
    }

    /** Returns where the head of a stack stands; its cursor stands beside it, the next stack 128 bytes away. */
    private static int head(int stack) {
        return (stack + 1) * APART;
    }

    private @Nullable Page headVolatile(int stack) {
        return (Page) STACKS.getVolatile(stacks, head(stack)); // SHOWN
    }

    private boolean casHead(int stack, @Nullable Page top, @Nullable Page page) {
        return STACKS.compareAndSet(stacks, head(stack), top, page); // SHOWN
    }
}
