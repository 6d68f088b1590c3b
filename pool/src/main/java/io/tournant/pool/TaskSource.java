package io.tournant.pool;

import io.tournant.pool.deque.Steal;
import io.tournant.pool.deque.WorkDeque;
import io.tournant.pool.lines.Padding;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one worker's tasks come from, and in which order: its own deque, those submitted from outside, the deques of
 * the others. Used by the worker's thread only, except for the deque.
 *
 * <p>Usually the worker runs what it submitted last. Every 61st task it first takes one from outside, every 31st the
 * oldest of its own: else tasks that resubmit themselves would starve the others.
 */
class TaskSource extends Padding {

    /** The most tasks that one look outside brings; they fit into an empty deque without growth. */
    static final int BATCH = 64;

    private static final int DEQUE_CAPACITY = 256;

    /** For so many looks a searching worker leaves the others a task that is their only one: they may be about to run it. */
    private static final int PATIENT_ROUNDS = 8;

    /** As above, where they have done so with the ones before, and pushed the next. */
    private static final int PATIENT_ROUNDS_IF_FRESH = 512;

    private static final int TASKS_PER_LOOK_OUTSIDE = 61;
    private static final int TASKS_PER_LOOK_AT_OLDEST = 31;

    private final Workers workers;
    private final int self;
    private final WorkDeque deque = new WorkDeque.Apart(DEQUE_CAPACITY);
    private final WorkerCounters counters;
    private final Consumer<Runnable> onOldest = this::onOldest;
    private final Consumer<Runnable> onStolen = this::onStolen;
    private final Consumer<Runnable> onInjected = this::onInjected;

    private final Company company = new Company.Apart();

    private @Nullable Runnable taken;

    /** Whose tasks were stolen last, if there may be more. */
    private @Nullable WorkDeque victim;

    /** Who was left its only task last, how many it had pushed then, and whether that is a new one each time. */
    private @Nullable WorkDeque left;

    private long pushesOfLeft;
    private int leftOwner;
    private boolean leftIsFresh;

    private int untilLookOutside = TASKS_PER_LOOK_OUTSIDE;
    private int untilLookAtOldest = TASKS_PER_LOOK_AT_OLDEST;

    /** How many tasks lie between the last time that the two above were counted down and the next. */
    private int turn = TASKS_PER_LOOK_AT_OLDEST;

    /** How many of these are still to come. */
    private int untilTurn = turn;

    private int firstStripe;
    private int random;

    TaskSource(Workers workers, int self, WorkerCounters counters) {
        this.workers = workers;
        this.self = self;
        this.counters = counters;
        firstStripe = self;
        random = self * 0x9E3779B9 | 1;
    }

    WorkDeque deque() {
        return deque;
    }

    Company company() {
        return company;
    }

    /** The next task from near by: the deque, whoever was stolen from last, outside; null if a look there found none. */
    @Nullable
    Runnable next() {
        Runnable task = nextInTurn();
        if (task == null) {
            task = deque.pop();
            company.onNext(task != null);
        }
        if (task == null) {
            task = nextFromVictim();
        }
        if (task == null) {
            task = nextBatch();
        }
        return task;
    }

    /** Where something was to steal there is more, as a rule: no need to count as searching for it. */
    private @Nullable Runnable nextFromVictim() {
        if (victim == null) {
            return null;
        }
        if (steal(victim, true) != Steal.SUCCESS) {
            victim = null;
            return null;
        }
        return takenOfBatch();
    }

    private Steal steal(WorkDeque other, boolean patient) {
        return other.stealBatch(BATCH / 2, patient, Forked.class, onStolen);
    }

    private @Nullable Runnable nextInTurn() {
        return --untilTurn > 0 ? null : nextOutOfTurn();
    }

    private @Nullable Runnable nextOutOfTurn() {
        untilLookOutside -= turn;
        untilLookAtOldest -= turn;
        boolean found = false;
        if (untilLookOutside <= 0) {
            untilLookOutside = TASKS_PER_LOOK_OUTSIDE;
            found = poll(1) == Steal.SUCCESS;
        }
        if (!found && untilLookAtOldest <= 0) {
            untilLookAtOldest = TASKS_PER_LOOK_AT_OLDEST;
            found = deque.steal(onOldest) == Steal.SUCCESS;
            if (found) {
                company.onNext(true);
            }
        }
        turn = Math.max(1, Math.min(untilLookOutside, untilLookAtOldest));
        untilTurn = turn;
        return found ? taken() : null;
    }

    private @Nullable Runnable nextBatch() {
        return poll(BATCH) == Steal.SUCCESS ? takenOfBatch() : null;
    }

    /** Nobody knows of the others yet: whoever lay down meanwhile may have looked for them where they were not any more. */
    private Runnable takenOfBatch() {
        if (!deque.isEmpty()) {
            workers.signal();
        }
        return taken();
    }

    /**
     * Looks everywhere but in the deque, which is empty. After a success the task is {@link #taken}.
     *
     * @param rounds how often this search has looked before
     */
    Steal scan(int rounds) {
        if (rounds == 0) {
            forgetLeft();
        }
        boolean patient = rounds < (leftIsFresh ? PATIENT_ROUNDS_IF_FRESH : PATIENT_ROUNDS);
        Steal result = poll(BATCH);
        int count = workers.count();
        int first = nextRandom(count);
        for (int i = 0; i < count && result != Steal.SUCCESS; i++) {
            int candidate = first + i < count ? first + i : first + i - count;
            if (candidate != self) {
                WorkDeque other = workers.worker(candidate).deque();
                Steal steal = steal(other, patient);
                if (patient && steal == Steal.RETRY && other.size() == 1) {
                    onLeft(other, candidate);
                }
                result = steal == Steal.EMPTY ? result : steal;
                victim = steal == Steal.SUCCESS ? other : victim;
            }
        }
        if (result == Steal.SUCCESS) {
            forgetLeft();
        }
        return result;
    }

    private void forgetLeft() {
        left = null;
        leftIsFresh = false;
    }

    /**
     * The other has a task that is its only one. If it has pushed since the last look, that is not the one of then. Where
     * several have one, they take turns here, and none seems fresh.
     */
    @SuppressWarnings("ReferenceEquality") // the very deque
    private void onLeft(WorkDeque other, int owner) {
        long pushes = other.pushed();
        leftOwner = owner;
        leftIsFresh = other == left && pushes != pushesOfLeft;
        left = other;
        pushesOfLeft = pushes;
    }

    /**
     * Who was left its only task last, if that was a new one each time that this search has looked. Null otherwise, and if
     * that is a spare, which may rest with a task in its deque.
     */
    @Nullable
    WorkDeque leftInGoodHands() {
        return leftIsFresh && leftOwner < workers.parallelism() ? left : null;
    }

    Runnable taken() {
        Runnable task = Objects.requireNonNull(taken);
        taken = null;
        return task;
    }

    private Steal poll(int max) {
        long before = counters.injected();
        Steal result = workers.injector().poll(firstStripe++, max, onInjected);
        if (result == Steal.SUCCESS) {
            workers.onTakenFromOutside((int) (counters.injected() - before));
        }
        return result;
    }

    private void onInjected(Runnable task) {
        counters.onInjected();
        take(task);
    }

    private void take(Runnable task) {
        if (taken == null) {
            taken = task;
        } else {
            deque.push(task);
        }
    }

    private void onStolen(Runnable task) {
        counters.onStolen();
        if (task instanceof Forked<?> forked) {
            forked.onStolenAt(workers.placeOf(self));
        }
        take(task);
    }

    private void onOldest(Runnable task) {
        taken = task;
    }

    private int nextRandom(int bound) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        return (int) (((random & 0xFFFF_FFFFL) * bound) >>> Integer.SIZE);
    }

    /** Keeps what lies behind away too. */
    @SuppressWarnings("unused") // by their place
    static final class Apart extends TaskSource {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        Apart(Workers workers, int self, WorkerCounters counters) {
            super(workers, self, counters);
        }
    }
}
