package io.tournant.pool.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WakePermitTest {

    private final WakePermit permit = new WakePermit();

    @Test
    void aPermitGrantedBeforeTheWaitEndsItAtOnce() {
        permit.ask();
        permit.grant();
        permit.await();
    }

    @Test
    void everyRoundNeedsItsOwnGrant() throws InterruptedException {
        permit.ask();
        permit.grant();
        permit.await();

        Thread waiter = startWaiter();
        await().until(() -> waiter.getState() == Thread.State.WAITING);
        permit.grant();
        waiter.join();
    }

    @Test
    void neitherAnInterruptNorAStrayUnparkEndsTheWait() throws InterruptedException {
        Thread waiter = startWaiter();
        await().until(() -> waiter.getState() == Thread.State.WAITING);

        waiter.interrupt();
        LockSupport.unpark(waiter);

        await().until(() -> !waiter.isInterrupted() && waiter.getState() == Thread.State.WAITING);
        permit.grant();
        waiter.join();
        assertThat(waiter.isAlive()).isFalse();
    }

    private Thread startWaiter() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        Thread waiter = Thread.ofPlatform().daemon().start(() -> {
            permit.ask();
            asked.countDown();
            permit.await();
        });
        asked.await();
        return waiter;
    }
}
