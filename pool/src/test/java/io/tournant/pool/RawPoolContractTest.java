package io.tournant.pool;

import io.tournant.testkit.ExecutorServiceContract;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;

/** The pool by itself, without a layer. Without spares, so that tests can occupy all workers. */
final class RawPoolContractTest extends ExecutorServiceContract {

    @Override
    protected ExecutorService open() {
        return WorkStealingPool.builder().parallelism(2).spareLimit(0).build();
    }

    @Override
    protected OptionalInt workers() {
        return OptionalInt.of(2);
    }
}
