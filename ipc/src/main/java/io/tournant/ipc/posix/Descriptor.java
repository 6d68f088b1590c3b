package io.tournant.ipc.posix;

import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.SpinBudget;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A descriptor of this process that never blocks, and the means to wait until it is ready in one direction. */
public final class Descriptor {
    /*
     * Overview   Calls on the descriptor never block. Who waits looks for a while whether it is ready. After that he sleeps in
     *            poll, for the descriptor and for an event, which everybody signals who wants that to end: who closes, who
     *            interrupts, who knows that there is nothing to wait for. The kernel wakes the thread that waits, and no
     *            other comes in between. Only for a virtual thread, which would keep its carrier in there, a helper polls.
     *            A descriptor that was closed may be somebody else's file the next moment. So none is used without the lock,
     *            under which it is closed, but by poll; who closes meanwhile leaves the descriptors to the one who waits.
     * States     open   -> closed    close()
     *            closed -> released  by who closes, or by who waited, on the way out
     * Fields     waiting, closed, over  guarded by lock
     *            polled, spin           guarded by the turn to read or to write, as Wire says
     * Accepted   A signal that comes when nobody waits any more ends the next wait, which is one for no reason.
     */
    private static final SequenceLayout POLLED = MemoryLayout.sequenceLayout(2, Posix.POLLFD);
    private static final long EVENT = Posix.POLLFD.byteSize();
    private static final long FD = Posix.POLLFD.byteOffset(MemoryLayout.PathElement.groupElement("fd"));
    private static final long EVENTS = Posix.POLLFD.byteOffset(MemoryLayout.PathElement.groupElement("events"));
    private static final long REVENTS = Posix.POLLFD.byteOffset(MemoryLayout.PathElement.groupElement("revents"));

    private final ReentrantLock lock = new ReentrantLock();
    private final int number;
    private final int event;
    private final MemorySegment signals;
    private final MemorySegment errno;
    private final MemorySegment pollErrno;
    private final MemorySegment polled;
    private final SpinBudget spin = new SpinBudget();
    private boolean waiting;
    private boolean closed;
    private boolean over;

    private Descriptor(int number, short awaited) throws PosixException {
        this.number = number;
        Arena arena = Arena.ofAuto(); // nobody can say when the last of several threads has left
        signals = arena.allocate(ValueLayout.JAVA_LONG);
        errno = Posix.newErrno(arena);
        pollErrno = Posix.newErrno(arena);
        polled = arena.allocate(POLLED);
        polled.set(ValueLayout.JAVA_INT, FD, number);
        polled.set(ValueLayout.JAVA_SHORT, EVENTS, awaited);
        polled.set(ValueLayout.JAVA_SHORT, EVENT + EVENTS, Posix.POLLIN);
        event = Posix.newEvent(); // last, so that whatever fails before leaves none
        polled.set(ValueLayout.JAVA_INT, EVENT + FD, event);
    }

    /**
     * Takes a descriptor over; closes it if that fails.
     *
     * @param number the descriptor, which does not block
     * @param awaited what to wait for, {@link Posix#POLLIN} or {@link Posix#POLLOUT}
     * @return what is in charge of it from now on
     * @throws IOException if that is not possible
     */
    public static Descriptor of(int number, short awaited) throws IOException {
        try {
            return new Descriptor(number, awaited);
        } catch (IOException | RuntimeException | Error e) {
            Posix.close(number);
            throw e;
        }
    }

    // ------------------------------------------------------------------ calls

    /**
     * Takes the lock, so that the descriptor stays open until {@link #unlock}.
     *
     * @return its number, for calls that do not block
     * @throws ClosedChannelException if it is closed; the lock is not taken
     */
    public int lock() throws ClosedChannelException {
        lock.lock();
        if (closed) {
            lock.unlock();
            throw new ClosedChannelException();
        }
        return number;
    }

    /** Gives the lock back. */
    public void unlock() {
        lock.unlock();
    }

    /**
     * Returns memory for the error number of a call under the lock.
     *
     * @return the memory
     */
    public MemorySegment errno() {
        return errno;
    }

    /**
     * Tells, under the lock, whether {@link #end} was called.
     *
     * @return whether there is nothing to wait for any more
     */
    public boolean isOver() {
        return over;
    }

    // ------------------------------------------------------------------ waiting

    /**
     * Waits until the descriptor is ready, there is nothing to wait for, the time is up, somebody wakes, or for no reason.
     *
     * @param deadline until when
     * @throws IOException if it is closed
     * @throws InterruptedException if interrupted; it stays open
     */
    public void await(Deadline deadline) throws IOException, InterruptedException {
        await(this::isReady, deadline);
    }

    /**
     * Waits as {@link #await(Deadline)}, with another look before the sleep.
     *
     * @param look what tells whether it is ready; may take what it finds
     * @param deadline until when
     * @throws IOException if it is closed, or the look fails
     * @throws InterruptedException if interrupted; it stays open
     */
    public void await(SpinBudget.Condition look, Deadline deadline) throws IOException, InterruptedException {
        if (!spin.await(look, deadline)) {
            sleep(deadline);
            spin.slept();
        }
    }

    /** Returns whether it is ready, or a reason not to wait for that. */
    private boolean isReady() throws IOException {
        lock();
        try {
            poll(0);
            return drainSignal() || over || polled.get(ValueLayout.JAVA_SHORT, REVENTS) != 0;
        } finally {
            lock.unlock();
        }
    }

    private void sleep(Deadline deadline) throws IOException, InterruptedException {
        if (enter()) {
            try {
                if (Thread.currentThread().isVirtual()) {
                    pollByHelper(millis(deadline));
                } else {
                    new Sleep().poll(millis(deadline));
                }
            } finally {
                leave();
            }
        }
        lock(); // fails if it was closed meanwhile
        lock.unlock();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Returns whether there is anything to wait for; if so, {@link #leave} follows. */
    private boolean enter() throws ClosedChannelException {
        lock();
        try {
            waiting = !over;
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void leave() throws IOException {
        lock.lock();
        try {
            waiting = false;
            if (closed) {
                release();
            } else {
                drainSignal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock, after a poll: returns whether that found a signal, which is used up now. */
    private boolean drainSignal() throws PosixException {
        if (polled.get(ValueLayout.JAVA_SHORT, EVENT + REVENTS) == 0) {
            return false;
        }
        Posix.drain(errno, event, signals);
        return true;
    }

    /** Rounded up, or the last millisecond would be spun away. */
    private static int millis(Deadline deadline) {
        long nanos = deadline.remainingNanos();
        if (nanos == Long.MAX_VALUE) {
            return -1;
        }
        return nanos <= 0 ? 0 : (int) Math.min(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, Integer.MAX_VALUE);
    }

    private void poll(int timeoutMillis) throws PosixException {
        Posix.poll(pollErrno, polled, timeoutMillis);
    }

    /** One wait of a platform thread: begin and end of this class have an interrupt call {@link #implCloseChannel}. */
    private final class Sleep extends AbstractInterruptibleChannel {

        void poll(int timeoutMillis) throws IOException {
            begin();
            try {
                Descriptor.this.poll(timeoutMillis);
            } finally {
                try {
                    end(true);
                } catch (ClosedByInterruptException e) {
                    log().trace("The interrupt status tells.", e);
                }
            }
        }

        @Override
        protected void implCloseChannel() {
            wake();
        }
    }

    /** One wait of a virtual thread, which parks. The helper is out of poll when this returns. */
    private void pollByHelper(int timeoutMillis) throws IOException {
        Future<?> poll;
        try {
            poll = Helpers.submit(() -> {
                poll(timeoutMillis);
                return true;
            });
        } catch (OutOfMemoryError e) {
            log().warn("No thread could be started to wait in the kernel: a virtual thread keeps its carrier.", e);
            new Sleep().poll(timeoutMillis);
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                poll.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                wake();
            } catch (ExecutionException e) {
                throw new IOException("A helper could not wait in the kernel.", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Tells whether it may be used.
     *
     * @return whether {@link #close} was not called
     */
    public boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------ signals

    /** Ends the present or the next wait. */
    public void wake() {
        lock.lock();
        try {
            if (!closed) {
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody wait any more, because nothing will come; calls go on. */
    public void end() {
        lock.lock();
        try {
            over = true;
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Makes everything fail from now on. Does not block; may be repeated. */
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (waiting) {
                signal();
            } else {
                release();
            }
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        try {
            Posix.signal(errno, event);
        } catch (PosixException e) {
            log().error("Nobody can be woken who waits in the kernel: report this as a defect of Tournant.", e);
        }
    }

    private void release() {
        try {
            try {
                Posix.close(number);
            } finally {
                Posix.close(event);
            }
        } catch (PosixException e) {
            log().warn("A descriptor could not be closed.", e);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Descriptor.class);
    }
}
