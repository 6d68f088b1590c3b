package io.tournant.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tournant.core.Placement;
import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.spi.CancelMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Walks every state × transition pair against the arrows in the comment of {@link TaskState}. */
class TaskStateTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final TaskOutcome<Integer> VALUE = new TaskOutcome.Succeeded<>(1);

    private static final Pattern ARROW =
            Pattern.compile("\\* +(?:States +)?(?<from>\\w+) +-> +(?<to>\\w+) +(?<by>to[A-Z]\\w+) .*");

    private static final class Machine extends TaskState<Integer> {
        Machine() {
            super(null);
        }

        private Ending<Integer> last = Ending.of(Attempt.ready(1), VALUE, CancelMode.COOPERATIVE);

        @Override
        <V> void complete(CompletableFuture<V> future, V value) {
            future.complete(value);
        }

        /** The ending to act on: the present one, or one that the machine is not in. */
        Ending<Integer> known() {
            Ending<Integer> now = ending();
            last = now == null ? last : now;
            return last;
        }

        boolean begin() {
            Attempt now = attemptOrNull();
            return now != null && toRunning(now, new Attempt.Placed(now.number(), new Placement.Elsewhere("a test")));
        }

        boolean goOn() {
            Attempt now = attemptOrNull();
            return now != null && toAgain(now);
        }

        private int number() {
            Attempt now = attemptOrNull();
            return now == null ? 1 : now.number();
        }

        String state() {
            Ending<Integer> ending = ending();
            if (ending != null) {
                return ending.isFinal() ? "Ending" : "Expiring";
            }
            if (isAbandoned()) {
                return isHeld() ? "Abandoned" : "Released";
            }
            Attempt now = attemptOrNull();
            if (now == null) {
                return "outcome";
            }
            return now.isReady() && !now.mayBegin() ? "PAUSING" : now.phase().name();
        }
    }

    private static Machine running() {
        Machine machine = new Machine();
        machine.toReady(1);
        machine.begin();
        return machine;
    }

    private static Machine ending(CancelMode mode) {
        Machine machine = running();
        machine.toEnding(VALUE, mode);
        return machine;
    }

    private static Machine expiring() {
        Machine machine = running();
        machine.toExpiring(1, VALUE, Duration.ZERO);
        return machine;
    }

    /** A machine in each state, by the name that the comment gives to the state. */
    private static Map<String, Supplier<Machine>> states() {
        Map<String, Supplier<Machine>> states = new LinkedHashMap<>();
        states.put("CREATED", Machine::new);
        states.put("READY", () -> {
            Machine machine = new Machine();
            machine.toReady(1);
            return machine;
        });
        states.put("PAUSING", () -> {
            Machine machine = running();
            machine.goOn();
            return machine;
        });
        states.put("RUNNING", TaskStateTest::running);
        states.put("Expiring", TaskStateTest::expiring);
        states.put("Ending", () -> ending(CancelMode.COOPERATIVE));
        states.put("outcome", () -> {
            Machine machine = ending(CancelMode.COOPERATIVE);
            machine.toGone(machine.known());
            return machine;
        });
        states.put("Abandoned", () -> {
            Machine machine = ending(CancelMode.COOPERATIVE);
            machine.toAbandoned(machine.known());
            return machine;
        });
        states.put("Released", () -> {
            Machine machine = ending(CancelMode.COOPERATIVE);
            machine.toAbandoned(machine.known());
            machine.toReleased();
            return machine;
        });
        return states;
    }

    /** What makes each transition, and tells whether it was made. */
    private static Map<String, Function<Machine, Boolean>> transitions() {
        Map<String, Function<Machine, Boolean>> transitions = new LinkedHashMap<>();
        transitions.put("toReady", machine -> {
            try {
                machine.toReady(1);
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        });
        transitions.put("toRunning", Machine::begin);
        transitions.put("toNeverRun", machine -> machine.toNeverRun(VALUE));
        transitions.put("toOutcome", machine -> machine.toOutcome(VALUE));
        transitions.put("toEnding", machine -> machine.toEnding(VALUE, CancelMode.INTERRUPT) != null);
        transitions.put("toExpiring", machine -> machine.toExpiring(machine.number(), VALUE, Duration.ZERO) != null);
        transitions.put("toAgain", Machine::goOn);
        transitions.put("toResumed", TaskState::toResumed);
        transitions.put("toNext", machine -> machine.toNext(machine.known()));
        transitions.put("toReleased", TaskState::toReleased);
        transitions.put("toStopping", machine -> machine.toStopping(machine.known()) != null);
        transitions.put("toGone", machine -> machine.toGone(machine.known()));
        transitions.put("toAbandoned", machine -> machine.toAbandoned(machine.known()));
        return transitions;
    }

    /** A transition tried in a state. */
    private record Step(String from, String by) {}

    /** The documented arrows: the state that follows each step. */
    private static Map<Step, String> arrows() throws IOException {
        Map<Step, String> arrows = new LinkedHashMap<>();
        Path source = Path.of(System.getProperty("tournant.root", ".."))
                .resolve("core/src/main/java/io/tournant/core/task/TaskState.java");
        for (String line : Files.readAllLines(source)) {
            Matcher arrow = ARROW.matcher(line.strip());
            if (arrow.matches()) {
                arrows.put(new Step(arrow.group("from"), arrow.group("by")), arrow.group("to"));
            }
        }
        return arrows;
    }

    @TestFactory
    List<DynamicTest> everyTransitionFollowsAnArrowOrChangesNothing() throws IOException {
        Map<Step, String> arrows = arrows();
        return states().entrySet().stream()
                .flatMap(state -> transitions().entrySet().stream()
                        .map(transition -> DynamicTest.dynamicTest(state.getKey() + " " + transition.getKey(), () -> {
                            Machine machine = state.getValue().get();
                            String target = arrows.get(new Step(state.getKey(), transition.getKey()));
                            assertThat(transition.getValue().apply(machine)).isEqualTo(target != null);
                            assertThat(machine.state()).isEqualTo(target == null ? state.getKey() : target);
                        })))
                .toList();
    }

    @Test
    void theCommentNamesTheStatesAndTransitionsThatThereAre() throws IOException {
        assertThat(arrows()).hasSize(18);
        assertThat(arrows().keySet()).allSatisfy(arrow -> {
            assertThat(states()).containsKey(arrow.from());
            assertThat(transitions()).containsKey(arrow.by());
        });
        assertThat(arrows().values()).allMatch(states()::containsKey);
        assertThat(arrows().keySet().stream().map(Step::by).distinct())
                .containsExactlyInAnyOrderElementsOf(transitions().keySet());
    }

    @Test
    void workThatIsBeingInterruptedIsNotInterruptedAgain() {
        Machine machine = ending(CancelMode.INTERRUPT);
        assertThat(machine.toStopping(machine.known())).isNull();
        assertThat(machine.ending()).isSameAs(machine.known());
    }

    @Test
    void anEndingThatWasReplacedEndsNothing() {
        Machine machine = ending(CancelMode.COOPERATIVE);
        Ending<Integer> replaced = machine.known();
        machine.toStopping(replaced);
        assertThat(machine.toGone(replaced)).isFalse();
        assertThat(machine.toAbandoned(replaced)).isFalse();
        assertThat(machine.toGone(machine.known())).isTrue();
    }

    @Test
    void aLimitOfOneAttemptHitsNoOther() {
        Machine machine = running();
        machine.goOn();
        machine.toResumed();
        machine.begin();
        assertThat(machine.toEnding(1, VALUE, CancelMode.INTERRUPT)).isNull();
        assertThat(machine.toExpiring(1, VALUE, Duration.ZERO)).isNull();
        assertThat(machine.toEnding(2, VALUE, CancelMode.INTERRUPT)).isNotNull();
        assertThat(machine.attempt()).isEqualTo(2);
    }

    @Test
    void anAttemptIsCountedWhenTheTaskIsReadyAgain() {
        Machine machine = expiring();
        assertThat(machine.attempt()).isEqualTo(1);
        assertThat(machine.phase()).isEqualTo(TaskPhase.RUNNING);
        assertThat(machine.knownOutcome()).isNull();
        machine.toNext(machine.known());
        assertThat(machine.attempt()).isEqualTo(2);
        assertThat(machine.phase()).isEqualTo(TaskPhase.READY);
        assertThat(machine.begin()).as("begun in the pause").isFalse();
        assertThat(machine.toNeverRun(VALUE)).isTrue();
        assertThat(machine.attempt()).as("after the end").isEqualTo(2);
    }

    /** The interrupt of the attempt's own limit was no longer waited for, and could hit the next task of the thread. */
    @Test
    void whoLeavesWaitsForTheEndingThatWasReplacedAsWell() throws Exception {
        Machine machine = running();
        Ending<Integer> expiring = machine.toExpiring(1, VALUE, Duration.ZERO);
        Ending<Integer> ending = machine.toEnding(VALUE, CancelMode.INTERRUPT);
        assertThat(expiring).isNotNull();
        assertThat(ending).isNotNull();
        ending.deliver();
        Thread runner = Thread.ofPlatform().daemon().start(ending::awaitDelivered);
        assertThat(runner.join(Duration.ofMillis(200)))
                .as("left before the first interrupt")
                .isFalse();
        expiring.deliver();
        assertThat(runner.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void aSecondAcceptanceNamesTheState() {
        Machine machine = running();
        assertThatIllegalStateException().isThrownBy(() -> machine.toReady(1)).withMessageContaining("state=RUNNING");
    }

    @Test
    void thoseWhoWaitAreWokenByTheTransitionOrFindItMade() {
        Machine machine = running();
        CompletableFuture<TaskOutcome<Integer>> before = machine.settled();
        assertThat(before).isNotDone();
        machine.toOutcome(VALUE);
        machine.settle(VALUE);
        machine.terminate(false);
        assertThat(before).isCompletedWithValue(VALUE);
        assertThat(machine.settled()).isSameAs(before);
        assertThat(machine.gone().join().abandoned()).isFalse();
    }

    @Test
    void whoWaitsForWorkThatWasAbandonedIsTold() {
        Machine machine = ending(CancelMode.INTERRUPT);
        assertThat(machine.gone()).isNotDone();
        machine.toAbandoned(machine.known());
        machine.terminate(true);
        assertThat(machine.gone().join().abandoned()).isTrue();
    }

    // ------------------------------------------------------------------ who waits

    private static Thread waiting(Machine machine, List<Object> results) throws InterruptedException {
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                results.add(String.valueOf(machine.await(TaskState.FOREVER)));
            } catch (InterruptedException e) {
                results.add("interrupted");
            }
        });
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        return thread;
    }

    @Test
    void oneThreadThatWaitsStandsThereItself() throws Exception {
        Machine machine = running();
        List<Object> results = new CopyOnWriteArrayList<>();
        Thread thread = waiting(machine, results);
        assertThat(machine.waiting()).isSameAs(thread);
        machine.toOutcome(VALUE);
        machine.settle(VALUE);
        assertThat(thread.join(LONG)).isTrue();
        assertThat(results).containsExactly(VALUE.toString());
        assertThat(machine.waiting()).as("the thread has left").isNull();
    }

    @Test
    void aSecondWaiterTakesItsPlaceAndBothAreTold() throws Exception {
        Machine machine = running();
        List<Object> results = new CopyOnWriteArrayList<>();
        Thread first = waiting(machine, results);
        Thread second = waiting(machine, results);
        assertThat(machine.waiting()).isInstanceOf(CompletableFuture.class);
        machine.toOutcome(VALUE);
        machine.settle(VALUE);
        assertThat(first.join(LONG)).isTrue();
        assertThat(second.join(LONG)).isTrue();
        assertThat(results).containsExactly(VALUE.toString(), VALUE.toString());
    }

    @Test
    void aThreadThatIsInterruptedOrOutOfTimeLeaves() throws Exception {
        Machine machine = running();
        List<Object> results = new CopyOnWriteArrayList<>();
        Thread thread = waiting(machine, results);
        thread.interrupt();
        assertThat(thread.join(LONG)).isTrue();
        assertThat(results).containsExactly("interrupted");
        assertThat(machine.waiting()).isNull();
        assertThat(machine.await(1_000_000)).isNull();
        assertThat(machine.await(0)).isNull();
        assertThat(machine.waiting()).isNull();
    }

    @Test
    void aThreadThatWasDisplacedCanBeInterrupted() throws Exception {
        Machine machine = running();
        List<Object> results = new CopyOnWriteArrayList<>();
        Thread thread = waiting(machine, results);
        assertThat(machine.settled()).isNotDone();
        thread.interrupt();
        assertThat(thread.join(LONG)).isTrue();
        assertThat(results).containsExactly("interrupted");
        assertThat(machine.await(1_000_000)).as("beside a future").isNull();
    }

    @Test
    void aThreadOfAForkJoinPoolWaitsForAFuture() throws Exception {
        Machine machine = running();
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            ForkJoinTask<String> waiter = pool.submit(() -> String.valueOf(machine.await(TaskState.FOREVER)));
            while (!(machine.waiting() instanceof CompletableFuture)) {
                Thread.sleep(1);
            }
            machine.toOutcome(VALUE);
            machine.settle(VALUE);
            assertThat(waiter.get(30, TimeUnit.SECONDS)).isEqualTo(VALUE.toString());
        }
    }
}
