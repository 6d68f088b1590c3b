package io.tournant.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.TaskId;
import io.tournant.core.TaskOptions;
import io.tournant.core.spi.TaskRun;
import io.tournant.core.task.ManagedTask;
import io.tournant.core.task.TaskOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownRunsTest {

    private final ShownRuns shown = new ShownRuns();

    private static TaskRun<?> run(long id, Runnable code) {
        ManagedTask<?> task = new ManagedTask<>(
                new TaskId(id),
                TaskOptions.ofDefaults(),
                () -> {
                    code.run();
                    return id;
                },
                new TaskOwner() {});
        task.ready();
        return task;
    }

    private List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        shown.forEach(run -> ids.add(run.id().value()));
        return ids;
    }

    private void execute(long id, Runnable code) {
        TaskRun<?> run = run(id, code);
        ShownRuns.Shown node = new ShownRuns.Shown(run);
        shown.show(node);
        run.run();
        node.strike();
    }

    @Test
    void aRunIsShownWhileItIsExecuted() {
        List<Long> inside = new ArrayList<>();
        execute(1, () -> inside.addAll(ids()));
        assertThat(inside).containsExactly(1L);
        assertThat(ids()).isEmpty();
    }

    @Test
    void runsWithinRunsAreAllShown() {
        List<Long> inside = new ArrayList<>();
        execute(1, () -> {
            execute(2, () -> {});
            execute(3, () -> execute(4, () -> inside.addAll(ids())));
        });
        assertThat(inside).containsExactlyInAnyOrder(1L, 3L, 4L);
        assertThat(ids()).isEmpty();
    }

    @Test
    void runsOnManyPagesAreAllShown() {
        for (int i = 1; i <= 1_000; i++) {
            shown.show(new ShownRuns.Shown(run(i, () -> {})));
        }
        assertThat(ids()).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(shown.isEmpty()).isFalse();
    }

    /** Whatever overlaps, what is over is let go: the first forms of this kept all that had ever overlapped. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 100, 1_000})
    void runsThatOverlapInAChainLeaveNothingBehind(int overlapping) {
        ShownRuns.Shown[] alive = new ShownRuns.Shown[overlapping];
        int pushed = 100 * Math.max(32, overlapping);
        for (int i = 0; i < pushed; i++) {
            ShownRuns.Shown node = new ShownRuns.Shown(run(i + 1, () -> {}));
            shown.show(node);
            if (alive[i % overlapping] != null) {
                alive[i % overlapping].strike();
            }
            alive[i % overlapping] = node;
        }
        int inUse = overlapping / 32 + 2;
        assertThat(shown.pages()).as("before anybody looks").isLessThanOrEqualTo(3 * inUse);
        assertThat(ids()).hasSize(overlapping).contains((long) pushed, (long) pushed - overlapping + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 100})
    void runsThatEndInAnyOrderLeaveNothingBehind(int overlapping) {
        Random order = new Random(overlapping);
        ShownRuns.Shown[] alive = new ShownRuns.Shown[overlapping];
        for (int i = 0; i < 100 * 32 * overlapping; i++) {
            ShownRuns.Shown last = new ShownRuns.Shown(run(i + 1, () -> {}));
            shown.show(last);
            int ending = order.nextInt(overlapping);
            if (alive[ending] != null) {
                alive[ending].strike();
            }
            alive[ending] = last;
        }
        assertThat(shown.pages()).as("before anybody looks").isLessThanOrEqualTo(3 * (overlapping + 1));
        assertThat(ids()).hasSizeBetween(1, overlapping);
        for (ShownRuns.Shown each : alive) {
            if (each != null) {
                each.strike();
            }
        }
        assertThat(shown.isEmpty()).isTrue();
        assertThat(shown.pages()).as("the page that still has free lines").isLessThanOrEqualTo(1);
    }
}
