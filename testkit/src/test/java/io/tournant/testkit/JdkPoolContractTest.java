package io.tournant.testkit;

import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's own pool keeps what the JDK promises: the tests ask for no more than that. */
final class JdkPoolContractTest extends ExecutorServiceContract {

    @Override
    protected ExecutorService open() {
        return Executors.newFixedThreadPool(2);
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
