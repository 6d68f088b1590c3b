package io.tournant.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

/** Which overload javac takes: every lambda and exact method reference becomes a Task or an Action, and can be sent. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing is submitted
class OverloadResolutionTest {

    private Class<?> taken = Object.class;
    private Object code = this;

    /** Notes the type of the first parameter and the argument, and returns null. */
    private final TaskExecutor executor = (TaskExecutor) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {TaskExecutor.class}, (self, method, args) -> {
                taken = method.getParameterTypes()[0];
                code = args[0];
                return null;
            });

    private static int value() {
        return 42;
    }

    private static void nothing() {}

    private static int failing() throws IOException {
        throw new IOException("on purpose");
    }

    private void assertTaken(Class<?> type) throws Exception {
        assertThat(taken).isEqualTo(type);
        assertThat(code).isInstanceOf(Serializable.class);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(code);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isInstanceOf(type);
        }
    }

    @Test
    void aLambdaWithAValueIsATask() throws Exception {
        int captured = 1;
        executor.submit(() -> 42);
        assertTaken(Task.class);
        executor.submit(() -> captured + 1);
        assertTaken(Task.class);
        executor.submit(() -> {
            return "block";
        });
        assertTaken(Task.class);
        executor.submit(() -> null);
        assertTaken(Task.class);
        executor.submit(() -> failing());
        assertTaken(Task.class);
        executor.trySubmit(() -> 42);
        assertTaken(Task.class);
    }

    @Test
    void aLambdaWithoutAValueIsAnAction() throws Exception {
        executor.submit(() -> {});
        assertTaken(Action.class);
        executor.submit(() -> nothing());
        assertTaken(Action.class);
        executor.submit(() -> {
            nothing();
        });
        assertTaken(Action.class);
        executor.execute(() -> {});
        assertTaken(Action.class);
        executor.execute(() -> value());
        assertTaken(Action.class);
    }

    @Test
    void aLambdaThatIsACallWithAValueIsATask() throws Exception {
        executor.submit(() -> value());
        assertTaken(Task.class);
        executor.submit(() -> new ArrayList<>(List.of(1)).add(2));
        assertTaken(Task.class);
    }

    @Test
    void aLambdaThatNeverReturnsIsATask() throws Exception {
        executor.submit(() -> {
            throw new IOException("on purpose");
        });
        assertTaken(Task.class);
    }

    @Test
    void anExactMethodReferenceIsATaskOrAnAction() throws Exception {
        executor.submit(OverloadResolutionTest::value);
        assertTaken(Task.class);
        executor.submit(OverloadResolutionTest::failing);
        assertTaken(Task.class);
        executor.submit("captured"::length);
        assertTaken(Task.class);
        executor.submit(OverloadResolutionTest::nothing);
        assertTaken(Action.class);
        executor.execute(OverloadResolutionTest::nothing);
        assertTaken(Action.class);
    }

    @Test
    void aVariableKeepsItsType() {
        Callable<Integer> callable = () -> 42;
        executor.submit(callable);
        assertThat(taken).isEqualTo(Callable.class);
        Runnable runnable = () -> {};
        executor.submit(runnable);
        assertThat(taken).isEqualTo(Runnable.class);
        executor.execute(runnable);
        assertThat(taken).isEqualTo(Runnable.class);
        Task<Integer> task = () -> 42;
        executor.submit(task);
        assertThat(taken).isEqualTo(Task.class);
        Action action = () -> {};
        executor.submit(action);
        assertThat(taken).isEqualTo(Action.class);
        executor.execute(action);
        assertThat(taken).isEqualTo(Action.class);
    }

    /** What the guide must tell: where the JDK's own types are asked for, a lambda cannot be sent. */
    @Test
    void aLambdaGivenToTheJdksMethodsIsNotSerializable() {
        executor.submit(() -> {}, "result");
        assertThat(taken).isEqualTo(Runnable.class);
        assertThat(code).isNotInstanceOf(Serializable.class);
        ExecutorService service = executor;
        service.submit(() -> 42);
        assertThat(taken).isEqualTo(Callable.class);
        assertThat(code).isNotInstanceOf(Serializable.class);
    }
}
