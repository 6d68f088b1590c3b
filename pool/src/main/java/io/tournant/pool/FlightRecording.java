package io.tournant.pool;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * What pools tell the flight recorder, from their watches: nothing on the way of a task. Nothing at all is loaded before a
 * recording has begun, or where the module jdk.jfr is not there.
 */
final class FlightRecording {

    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightRecording() {}

    /** Whether somebody may be listening. */
    static boolean isOn() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    static void statistics(String pool, PoolStats stats) {
        Statistics event = new Statistics();
        event.pool = pool;
        event.threads = stats.threads();
        event.searching = stats.searching();
        event.queued = stats.queued();
        event.executed = stats.executed();
        event.forked = stats.forked();
        event.stolen = stats.stolen();
        event.injected = stats.injected();
        event.wakes = stats.wakes();
        event.uselessWakes = stats.uselessWakes();
        event.compensations = stats.compensations();
        event.commit();
    }

    static void blocked(String pool, int workers, int spares) {
        Blocked event = new Blocked();
        event.pool = pool;
        event.workers = workers;
        event.spares = spares;
        event.commit();
    }

    /** The numbers of a pool, a few times in a second while its workers are awake. */
    @Name("io.tournant.pool.Statistics")
    @Label("Pool Statistics")
    @Category({"Tournant", "Pool"})
    @StackTrace(false)
    static final class Statistics extends Event {
        String pool = "";
        int threads;
        int searching;
        long queued;
        long executed;
        long forked;
        long stolen;
        long injected;
        long wakes;
        long uselessWakes;
        long compensations;
    }

    /** Workers are blocked while tasks wait. */
    @Name("io.tournant.pool.Blocked")
    @Label("Blocked Workers")
    @Category({"Tournant", "Pool"})
    @StackTrace(false)
    static final class Blocked extends Event {
        String pool = "";
        int workers;
        int spares;
    }
}
