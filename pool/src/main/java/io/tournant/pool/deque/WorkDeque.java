package io.tournant.pool.deque;

import io.tournant.pool.lines.Padding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A growable deque of tasks: one owner pushes and pops at the bottom, any number of thieves take from the top.
 *
 * <p><b>Thread safety.</b> What is marked <i>owner only</i> belongs to one thread; everything else may be called by
 * anybody, the owner included. Every task is taken exactly once. No method blocks.
 *
 * <p><b>Memory consistency effects.</b> What happens before the push of a task happens before whatever follows its
 * being taken.
 */
@SuppressWarnings({"ReferenceEquality", "UnnecessaryLambda"
}) // the very object, whatever it thinks equal; a mark with an identity
public class WorkDeque extends Padding {
    /*
     * Overview   The deque of Chase and Lev [1] with the orderings of Lê et al. [2], and two departures.
     *            Who gets a task is settled by an exchange on its slot, as in ForkJoinPool, not by a CAS on top. So pop
     *            needs no store-load fence, push looks at top only when the array seems full, and whoever takes a task
     *            leaves null behind: the deque keeps nothing alive.
     *            And a thief claims the top before it touches the slot. Tasks are stored unwrapped, so the same object
     *            may lie here many times, and a CAS on the slot alone cannot tell one occurrence from another: a thief
     *            that stalls for a lap of the array would take one out of the middle and leave a hole behind.
     *            The owner may also take a task out of the middle, for a join in another order than that of the forks: it
     *            leaves a mark in the slot, which takers pass over.
     *            [1] Chase, Lev: Dynamic Circular Work-Stealing Deque, SPAA 2005
     *            [2] Lê, Pop, Cohen, Zappa Nardelli: Correct and Efficient Work-Stealing for Weak Memory Models,
     *                PPoPP 2013
     *
     * States     of top: a position t >= 0 is free, ~t is claimed
     *            t  -> ~t       a thief claims the task at t
     *            ~t -> t + n    it took that many, one after the other
     *            ~t -> t        the owner had popped the task, or was just moving it to a larger array
     *
     * Fields     array      owner reads and writes | thieves read        | GROWTH
     *            array[i]   owner fills and takes  | thieves take        | PUBLISH, TAKE
     *            bottom     owner reads and writes | others read, opaque | a hint, the slot decides
     *            thieves[TOP]  owner reads         | thieves write       | CLAIM, REUSE; 128 bytes from everything else
     *            pushed     owner reads and writes | others read, opaque | a statistic
     *            topSeen    owner only: some earlier value of top, so a lower bound of it
     *            Of the positions in [top, bottom) only few can be found empty: the first ones while top is claimed or its
     *            array is outgrown, and bottom - 1 while the owner pops.
     *
     * Edges      PUBLISH    push: the task's content, then slot release -> take: slot acquire, then the content
     *            TAKE       pop: exchange slot >< steal: exchange slot; of two takers one gets the task, the other null;
     *                       popIf, takeOut, a thief that minds the type: CAS of the slot, the same
     *            CLAIM      steal: CAS top from t to ~t >< another steal: the same; from there on position t is its own
     *            REUSE      steal: slot nulled, then top release -> push: top acquire, then the slot filled a lap later
     *            GROWTH     push: tasks moved, then array release -> steal: array acquire, then its slot
     *
     * Accepted   A thief that is suspended while it holds the claim makes other thieves RETRY; the owner goes on.
     *            A thief that reads bottom late, or an outgrown array, claims in vain and answers RETRY.
     *            A StackOverflowError between claim and release would leave the claim for ever: workers steal with
     *            almost nothing on their stack.
     */
    private static final int MAXIMUM_CAPACITY = 1 << 28;

    private static final VarHandle ARRAY;
    private static final VarHandle SLOT =
            MethodHandles.arrayElementVarHandle(Object[].class).withInvokeExactBehavior();
    private static final VarHandle BOTTOM;
    private static final VarHandle PUSHED;
    private static final VarHandle WORDS =
            MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

    private static final int APART = 128 / Long.BYTES;
    private static final int TOP = APART;

    /** Lies where a task was taken out of the middle. */
    private static final Runnable TAKEN_OUT = () -> {};

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ARRAY = lookup.findVarHandle(WorkDeque.class, "array", Object[].class)
                    .withInvokeExactBehavior();
            PUSHED = lookup.findVarHandle(WorkDeque.class, "pushed", long.class).withInvokeExactBehavior();
            BOTTOM = lookup.findVarHandle(WorkDeque.class, "bottom", long.class).withInvokeExactBehavior();
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final int initialCapacity;
    private @Nullable Object[] array;
    private long bottom;
    private long topSeen;
    private long pushed;

    /** Away from what the owner writes with every push. */
    private final long[] thieves = new long[2 * APART];

    /**
     * Creates an empty deque.
     *
     * @param capacity how many tasks fit before the first growth, a power of two
     */
    public WorkDeque(int capacity) {
        if (capacity < 1 || capacity > MAXIMUM_CAPACITY || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("The capacity is no power of two up to 2^28. capacity=" + capacity);
        }
        initialCapacity = capacity;
        array = new Object[capacity];
    }

    /**
     * Puts a task at the bottom. Owner only.
     *
     * @param task the task
     * @throws RejectedExecutionException if 2<sup>28</sup> tasks are queued
     * @throws OutOfMemoryError if there is no memory to grow; the deque is then as it was
     */
    public void push(Runnable task) {
        long b = bottom;
        PUSHED.setOpaque(this, pushed + 1); // opaque: one writer, and readers want no more than a number that grows
        if (b - topSeen >= array.length) {
            makeRoom(b);
        }
        @Nullable Object[] a = array;
        SLOT.setRelease(a, indexOf(b, a), (Object) task); // PUBLISH
        BOTTOM.setOpaque(this, b + 1); // opaque: a thief that sees it before the slot finds null and retries
    }

    /**
     * Takes the task that was pushed last. Owner only.
     *
     * @return the task, or null if the deque is empty
     */
    public @Nullable Runnable pop() {
        Runnable task;
        do {
            long b = bottom - 1;
            @Nullable Object[] a = array;
            int i = indexOf(b, a);
            if (slotOpaque(a, i) == null) { // opaque: the owner alone fills slots, so null is final
                return null;
            }
            task = exchange(a, i);
            if (task != null) {
                BOTTOM.setOpaque(this, b); // opaque: a thief that still sees the old value finds null
            }
        } while (task == TAKEN_OUT);
        return task;
    }

    /**
     * Takes a task if it is the one that was pushed last and nobody has taken it. Owner only.
     *
     * @param task the task
     * @return whether it was taken
     */
    public boolean popIf(Runnable task) {
        long b = bottom - 1;
        @Nullable Object[] a = array;
        int i = indexOf(b, a);
        if (slotOpaque(a, i) != task || !casSlot(a, i, task, null)) { // TAKE
            return false;
        }
        BOTTOM.setOpaque(this, b); // opaque: as in pop
        return true;
    }

    /**
     * Tells which task was pushed last, as far as it is still there. Owner only.
     *
     * @return the task, or null if the deque is empty or the task was taken out from among others
     */
    public @Nullable Object latest() { // not cast, which would take longer than the look
        @Nullable Object[] a = array;
        Object task = slotOpaque(a, indexOf(bottom - 1, a)); // opaque: as in pop
        return task == TAKEN_OUT ? null : task;
    }

    /**
     * Tells which task was pushed first, as far as it is still there.
     *
     * @return the task, or null if the deque is empty or the task is just being taken
     */
    public @Nullable Object oldest() {
        long t = topAcquire(); // CLAIM
        @Nullable Object[] a = arrayAcquire(); // GROWTH
        return t < 0 ? null : slotOpaque(a, indexOf(t, a)); // opaque: a hint
    }

    /**
     * Tells where the next task will lie. Owner only.
     *
     * @return the position, of which {@link #takeOut} wants the lowest 31 bits
     */
    public int nextPosition() {
        return (int) bottom & Integer.MAX_VALUE;
    }

    /**
     * Takes a task from where it was pushed, if nobody has taken it. Owner only; others may call and get false, unless
     * the task lies there.
     *
     * @param task the task, which lies here at most once
     * @param position what {@link #nextPosition} said before it was pushed
     * @return whether it was taken
     */
    public boolean takeOut(Runnable task, int position) {
        @Nullable Object[] a = array;
        int i = position & (a.length - 1);
        return slotOpaque(a, i) == task && casSlot(a, i, task, TAKEN_OUT); // TAKE
    }

    /**
     * Tries to take the oldest task.
     *
     * @param thief gets the task, after the deque is done with it
     * @return what became of it
     */
    public Steal steal(Consumer<? super Runnable> thief) {
        return stealIf(Runnable.class, thief);
    }

    /**
     * Tries to take the oldest task if it is of a certain type.
     *
     * @param type the type
     * @param thief gets the task, after the deque is done with it
     * @return what became of it; empty too if the oldest is something else
     */
    public Steal stealIf(Class<? extends Runnable> type, Consumer<? super Runnable> thief) {
        long t = topAcquire(); // CLAIM
        if (t < 0) {
            return Steal.RETRY;
        }
        if (bottomOpaque() <= t) { // opaque: top only grows, so with this value of bottom the deque is empty
            return Steal.EMPTY;
        }
        if (!claim(t)) { // CLAIM
            return Steal.RETRY;
        }
        @Nullable Object[] a = arrayAcquire(); // GROWTH
        int i = indexOf(t, a);
        Object seen = type == Runnable.class ? null : slotOpaque(a, i); // opaque: the CAS decides
        if (isOther(type, seen)) {
            setTopRelease(t); // REUSE
            return Steal.EMPTY;
        }
        Runnable task = type == Runnable.class ? exchange(a, i) : takeSeen(a, i, seen);
        setTopRelease(task == null ? t : t + 1); // REUSE
        if (task == null) {
            return bottomOpaque() <= t ? Steal.EMPTY : Steal.RETRY; // opaque: as above
        }
        if (task == TAKEN_OUT) {
            return Steal.RETRY;
        }
        thief.accept(task);
        return Steal.SUCCESS;
    }

    private static boolean isOther(Class<? extends Runnable> type, @Nullable Object task) {
        return task != null && task != TAKEN_OUT && !type.isInstance(task);
    }

    /**
     * Tries to take up to half of the tasks, the oldest first.
     *
     * @param max the most tasks to take
     * @param patient whether to leave a task alone that is the only one, since its owner may be about to take it
     * @param single a type of tasks that are taken one by one, and patiently never
     * @param thief gets the tasks while the deque is claimed, so that whoever claims it next finds each task of before
     *     either still here or wherever the thief has put it
     * @return what became of it
     */
    public Steal stealBatch(
            int max, boolean patient, Class<? extends Runnable> single, Consumer<? super Runnable> thief) {
        long t = topAcquire(); // CLAIM
        if (t < 0) {
            return Steal.RETRY;
        }
        long size = bottomOpaque() - t; // opaque: as in steal
        if (size <= 0) {
            return Steal.EMPTY;
        }
        @Nullable Object[] a = arrayAcquire(); // GROWTH
        if (patient && size == 1 && !single.isInstance(slotOpaque(a, indexOf(t, a)))) { // opaque: a hint
            return Steal.RETRY;
        }
        if (!claim(t)) { // CLAIM
            return Steal.RETRY;
        }
        return takeBatch(t, (int) Math.min(max, (size + 1) >>> 1), single, thief);
    }

    private Steal takeBatch(long t, int max, Class<? extends Runnable> single, Consumer<? super Runnable> thief) {
        @Nullable Object[] a = arrayAcquire(); // GROWTH
        long next = t;
        int count = 0;
        for (boolean goOn = true; goOn; ) {
            int i = indexOf(next, a);
            Object seen = slotOpaque(a, i); // opaque: the CAS decides
            boolean alone = single.isInstance(seen);
            Runnable task = alone && count > 0 ? null : takeSeen(a, i, seen);
            if (task != null) {
                next++;
            }
            if (task != null && task != TAKEN_OUT) {
                thief.accept(task);
                count++;
            }
            goOn = task != null && !alone && next < t + max;
        }
        setTopRelease(next); // REUSE
        if (count > 0) {
            return Steal.SUCCESS;
        }
        return bottomOpaque() <= next ? Steal.EMPTY : Steal.RETRY; // opaque: as in steal
    }

    /**
     * Tells whether there is nothing to take that nobody is already taking.
     *
     * @return whether that was so at some moment during the call
     */
    public boolean isEmpty() {
        long t = topAcquire(); // CLAIM
        return bottomOpaque() <= (t < 0 ? ~t + 1 : t); // opaque: top only grows, see steal
    }

    /**
     * Counts the tasks.
     *
     * @return an estimate while others push and take, exact otherwise
     */
    public int size() {
        long t = topAcquire(); // CLAIM
        return (int) Math.max(0, bottomOpaque() - (t < 0 ? ~t : t)); // opaque: an estimate
    }

    /**
     * Tells whether {@link #shrink} has something to give back. Owner only.
     *
     * @return whether the array has grown
     */
    public boolean isGrown() {
        return array.length > initialCapacity;
    }

    /** Gives the memory back that a large array takes, if the deque is empty. Owner only. */
    public void shrink() {
        if (!isGrown()) {
            return;
        }
        long t = topAcquire(); // REUSE
        if (t >= bottom) { // not while it is claimed: the claimed task may still lie in this array
            topSeen = t;
            ARRAY.setRelease(this, new Object[initialCapacity]); // GROWTH
        }
    }

    /**
     * Counts what was ever pushed.
     *
     * @return about how many tasks that were
     */
    public long pushed() {
        return (long) PUSHED.getOpaque(this); // opaque: a statistic
    }

    private void makeRoom(long b) {
        long t = topAcquire(); // REUSE
        topSeen = t < 0 ? ~t : t;
        if (b - topSeen >= array.length) {
            grow(b);
        }
    }

    private void grow(long b) {
        if (array.length == MAXIMUM_CAPACITY) {
            throw new RejectedExecutionException("The deque of this worker is full. capacity=" + array.length
                    + ". Let tasks submit less, or wait for what they submitted.");
        }
        @Nullable Object[] old = array;
        @Nullable Object[] grown = new Object[old.length << 1];
        for (long p = topSeen; p < b; p++) {
            grown[indexOf(p, grown)] = exchange(old, indexOf(p, old));
        }
        ARRAY.setRelease(this, grown); // GROWTH
    }

    private static @Nullable Object slotOpaque(@Nullable Object[] a, int i) {
        return (Object) SLOT.getOpaque(a, i); // opaque: see the callers
    }

    /** Takes what was seen in a slot, and nothing that its owner has put in its place since, which may be of any type. */
    private static @Nullable Runnable takeSeen(@Nullable Object[] a, int i, @Nullable Object seen) {
        return seen != null && casSlot(a, i, (Runnable) seen, null) ? (Runnable) seen : null; // TAKE
    }

    private static boolean casSlot(@Nullable Object[] a, int i, Runnable task, @Nullable Runnable next) {
        return SLOT.compareAndSet(a, i, (Object) task, (Object) next); // TAKE, PUBLISH
    }

    private static @Nullable Runnable exchange(@Nullable Object[] a, int i) {
        return (Runnable) (Object) SLOT.getAndSetAcquire(a, i, (Object) null); // TAKE, PUBLISH
    }

    private static int indexOf(long position, @Nullable Object[] a) {
        return (int) position & (a.length - 1);
    }

    private @Nullable Object[] arrayAcquire() {
        return (Object[]) ARRAY.getAcquire(this); // GROWTH
    }

    private long bottomOpaque() {
        return (long) BOTTOM.getOpaque(this); // opaque: see the callers
    }

    private long topAcquire() {
        return (long) WORDS.getAcquire(thieves, TOP); // CLAIM, REUSE
    }

    private boolean claim(long t) {
        return (long) WORDS.compareAndExchangeAcquire(thieves, TOP, t, ~t) == t; // CLAIM
    }

    private void setTopRelease(long next) {
        WORDS.setRelease(thieves, TOP, next); // REUSE
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    public static final class Apart extends WorkDeque {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        /**
         * Creates an empty deque.
         *
         * @param capacity how many tasks fit before the first growth, a power of two
         */
        public Apart(int capacity) {
            super(capacity);
        }
    }
}
