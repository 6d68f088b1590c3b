package io.tournant.pool;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Shows pools to management clients; loaded only where that is asked for, so that nobody else needs java.management. */
final class Management {

    private Management() {}

    /** Registers a pool. Returns what takes it off again. */
    static Runnable register(WorkStealingPool pool, String name) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName objectName =
                    new ObjectName("io.tournant.pool:type=WorkStealingPool,name=" + ObjectName.quote(name));
            server.registerMBean(new View(pool), objectName);
            return () -> unregister(server, objectName);
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalStateException(
                    "A pool of this name is shown to management clients already. name=" + name
                            + ". Give each pool a name of its own, or close the other first.",
                    e);
        } catch (JMException e) {
            throw new IllegalStateException("The pool cannot be shown to management clients. name=" + name, e);
        }
    }

    private static void unregister(MBeanServer server, ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (JMException alreadyGone) {
            // Somebody else has taken it off.
        }
    }

    private record View(WorkStealingPool pool) implements WorkStealingPoolMXBean {
        @Override
        public String getState() {
            return pool.state();
        }

        @Override
        public int getParallelism() {
            return pool.stats().parallelism();
        }

        @Override
        public int getThreads() {
            return pool.stats().threads();
        }

        @Override
        public long getQueued() {
            return pool.stats().queued();
        }

        @Override
        public long getExecuted() {
            return pool.stats().executed();
        }

        @Override
        public long getForked() {
            return pool.stats().forked();
        }

        @Override
        public long getStolen() {
            return pool.stats().stolen();
        }

        @Override
        public long getInjected() {
            return pool.stats().injected();
        }

        @Override
        public long getWakes() {
            return pool.stats().wakes();
        }

        @Override
        public long getUselessWakes() {
            return pool.stats().uselessWakes();
        }

        @Override
        public long getCompensations() {
            return pool.stats().compensations();
        }
    }
}
