package io.tournant.ipc.pipe;

import io.tournant.ipc.posix.Posix;
import io.tournant.ipc.posix.PosixException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both ends of both pipes, held open in the place of the other side until that has opened its own: without a reader nobody
 * can open a FIFO to write, and what nobody writes is at its end. Thread-safe.
 */
final class StandIn {

    private final int there;
    private final int back;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock. */
    private boolean left;

    private StandIn(int there, int back) {
        this.there = there;
        this.back = back;
    }

    /** Opens two FIFOs, which this side has made, and has each hold so much. */
    static StandIn open(Path there, Path back, int capacity) throws PosixException {
        int first = Fifo.open(there, Fifo.READ_WRITE);
        try {
            Fifo.resize(first, capacity);
            int second = Fifo.open(back, Fifo.READ_WRITE);
            try {
                Fifo.resize(second, capacity);
                return new StandIn(first, second);
            } catch (PosixException | RuntimeException | Error e) {
                Posix.close(second);
                throw e;
            }
        } catch (PosixException | RuntimeException | Error e) {
            Posix.close(first);
            throw e;
        }
    }

    /** Lets the pipes be what they are: if the other side has not come, or is gone, that shows now. May be repeated. */
    void leave() {
        lock.lock();
        try {
            if (!left) {
                left = true;
                close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void close() {
        try {
            try {
                Posix.close(there);
            } finally {
                Posix.close(back);
            }
        } catch (PosixException e) {
            log().warn("A descriptor could not be closed.", e);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(StandIn.class);
    }
}
