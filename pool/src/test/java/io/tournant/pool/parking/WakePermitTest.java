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
        assertThat(permit.grant()).isTrue();
        assertThat(permit.await(WakePermit.FOR_EVER)).isTrue();
    }

    @Test
    void everyRoundNeedsItsOwnGrant() throws InterruptedException {
        permit.ask();
        assertThat(permit.grant()).isTrue();
        assertThat(permit.await(WakePermit.FOR_EVER)).isTrue();

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

    @Test
    void aPermitThatIsWithdrawnIsNotGranted() {
        assertThat(permit.grant()).isFalse();
        permit.ask();
        assertThat(permit.await(1)).isFalse();
        assertThat(permit.withdraw()).isTrue();
        assertThat(permit.grant()).isFalse();
    }

    @Test
    void aPermitThatIsGrantedIsNotWithdrawn() {
        permit.ask();
        assertThat(permit.await(1)).isFalse();
        assertThat(permit.grant()).isTrue();
        assertThat(permit.withdraw()).isFalse();
    }

    private Thread startWaiter() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        Thread waiter = Thread.ofPlatform().daemon().start(() -> {
            permit.ask();
            asked.countDown();
            assertThat(permit.await(WakePermit.FOR_EVER)).isTrue();
        });
        asked.await();
        return waiter;
    }
}
