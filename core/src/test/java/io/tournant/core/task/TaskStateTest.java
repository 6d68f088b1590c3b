package io.tournant.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tournant.core.TaskOutcome;
import io.tournant.core.TaskPhase;
import io.tournant.core.spi.CancelMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Walks every state × transition pair against the arrows in the comment of {@link TaskState}. */
class TaskStateTest {

    private static final TaskOutcome<Integer> VALUE = new TaskOutcome.Succeeded<>(1);

    private static final Pattern ARROW =
            Pattern.compile("\\* +(?:States +)?(?<from>\\w+) +-> +(?<to>\\w+) +(?<by>to[A-Z]\\w+) .*");

    private static final class Machine extends TaskState<Integer> {
        private Ending<Integer> last = new Ending<>(VALUE, CancelMode.COOPERATIVE);

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

        String state() {
            if (ending() != null) {
                return "Ending";
            }
            if (isAbandoned()) {
                return "Abandoned";
            }
            return phase() == TaskPhase.TERMINATED ? "outcome" : phase().name();
        }
    }

    private static Machine running() {
        Machine machine = new Machine();
        machine.toReady();
        machine.toRunning();
        return machine;
    }

    private static Machine ending(CancelMode mode) {
        Machine machine = running();
        machine.toEnding(VALUE, mode);
        return machine;
    }

    /** A machine in each state, by the name that the comment gives to the state. */
    private static Map<String, Supplier<Machine>> states() {
        Map<String, Supplier<Machine>> states = new LinkedHashMap<>();
        states.put("CREATED", Machine::new);
        states.put("READY", () -> {
            Machine machine = new Machine();
            machine.toReady();
            return machine;
        });
        states.put("RUNNING", TaskStateTest::running);
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
        return states;
    }

    /** What makes each transition, and tells whether it was made. */
    private static Map<String, Function<Machine, Boolean>> transitions() {
        Map<String, Function<Machine, Boolean>> transitions = new LinkedHashMap<>();
        transitions.put("toReady", machine -> {
            try {
                machine.toReady();
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        });
        transitions.put("toRunning", TaskState::toRunning);
        transitions.put("toNeverRun", machine -> machine.toNeverRun(VALUE));
        transitions.put("toOutcome", machine -> machine.toOutcome(VALUE));
        transitions.put("toEnding", machine -> machine.toEnding(VALUE, CancelMode.INTERRUPT) != null);
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
        assertThat(arrows()).hasSize(8);
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
    void aSecondAcceptanceNamesTheState() {
        Machine machine = running();
        assertThatIllegalStateException().isThrownBy(machine::toReady).withMessageContaining("state=RUNNING");
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
}
