package io.tournant.core;

/** Where a task runs or ran. */
public sealed interface Placement {

    /**
     * On a thread of this JVM.
     *
     * @param name the name of the thread
     */
    record OnThread(String name) implements Placement {}

    /**
     * In a process on this machine.
     *
     * @param pid the id of the process
     * @param worker the name of the worker whose process it is
     */
    record InProcess(long pid, String worker) implements Placement {}

    /**
     * Somewhere that only the backend can describe.
     *
     * @param text the description
     */
    record Elsewhere(String text) implements Placement {}
}
