package io.tournant.ipc;

import io.tournant.ipc.frame.FrameFuzz;
import io.tournant.ipc.frame.HandshakeFuzz;
import io.tournant.ipc.mapped.BufferHeaderFuzz;
import io.tournant.ipc.mapped.RingHeaderFuzz;
import io.tournant.ipc.queue.QueueOfferFuzz;
import io.tournant.ipc.socket.PathOfferFuzz;
import io.tournant.ipc.stream.InputFuzz;
import java.util.List;

/**
 * What takes bytes from a stranger.
 *
 * @param type the class in which Jazzer looks for a method of that name
 * @param execution the method; it throws if bytes are taken wrongly
 * @param seeds the inputs to begin with: some that are valid, and some that nearly are
 */
record FuzzTarget(Class<?> type, Execution execution, List<byte[]> seeds) {

    /** One execution. */
    @FunctionalInterface
    interface Execution {
        void on(byte[] input) throws Exception;
    }

    static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget(FrameFuzz.class, FrameFuzz::fuzzerTestOneInput, FrameFuzz.seeds()),
                new FuzzTarget(InputFuzz.class, InputFuzz::fuzzerTestOneInput, InputFuzz.seeds()),
                new FuzzTarget(HandshakeFuzz.class, HandshakeFuzz::fuzzerTestOneInput, HandshakeFuzz.seeds()),
                new FuzzTarget(PathOfferFuzz.class, PathOfferFuzz::fuzzerTestOneInput, PathOfferFuzz.seeds()),
                new FuzzTarget(QueueOfferFuzz.class, QueueOfferFuzz::fuzzerTestOneInput, QueueOfferFuzz.seeds()),
                new FuzzTarget(RingHeaderFuzz.class, RingHeaderFuzz::fuzzerTestOneInput, RingHeaderFuzz.seeds()),
                new FuzzTarget(BufferHeaderFuzz.class, BufferHeaderFuzz::fuzzerTestOneInput, BufferHeaderFuzz.seeds()),
                new FuzzTarget(TextFuzz.class, TextFuzz::fuzzerTestOneInput, TextFuzz.seeds()));
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
