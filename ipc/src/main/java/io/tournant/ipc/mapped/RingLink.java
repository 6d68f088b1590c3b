package io.tournant.ipc.mapped;

import io.tournant.ipc.Message;
import io.tournant.ipc.frame.Frame;
import io.tournant.ipc.frame.FrameType;
import io.tournant.ipc.stream.Deadline;
import io.tournant.ipc.stream.Link;
import io.tournant.ipc.stream.SpinBudget;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames as records of two rings in a mapped file. */
final class RingLink implements Link {
    /*
     * Overview   Reading and writing copy from and to a ring and do not enter the kernel, unless the other side sleeps. Who
     *            waits looks at its ring for a while, then says there that it sleeps, looks once more, and sleeps.
     *            The file is unmapped when the link is closed. Whoever is in it just then finds that out by an
     *            IllegalStateException. A file that was cut short by somebody shows as an InternalError.
     * Fields     in, reading                     of the thread that reads
     *            out, writing, outputClosed, writes  of the thread that has the turn to write
     */
    private static final int WRITES_PER_LOOK = 64; // a look takes a lock and the clock

    private final RingFile file;
    private final RingReader in;
    private final RingWriter out;
    private final SleepFlag readerHere;
    private final SleepFlag writerThere;
    private final SleepFlag writerHere;
    private final SleepFlag readerThere;
    private final Bell bell;
    private final SpinBudget reading = new SpinBudget();
    private final SpinBudget writing = new SpinBudget();
    private final SpinBudget.Condition hasRecord;
    private final SpinBudget.Condition hasRoom;
    private boolean outputClosed;
    private int writes;

    /** Takes over the file and the bell. */
    RingLink(RingFile file, RingFile.Direction in, RingFile.Direction out, int maxMessageLength, Bell bell) {
        this.file = file;
        this.bell = bell;
        this.in = in.reader(maxMessageLength);
        this.out = out.writer();
        readerHere = in.readerSleeps();
        writerThere = in.writerSleeps();
        writerHere = out.writerSleeps();
        readerThere = out.readerSleeps();
        hasRecord = this.in::hasRecord;
        hasRoom = this.out::hasRoom;
    }

    // ------------------------------------------------------------------ out

    @Override
    public boolean write(FrameType type, Message message) throws IOException {
        try {
            checkOutput();
            long before = out.position();
            return announce(before, out.write(type, message));
        } catch (IllegalStateException | InternalError e) {
            throw gone(e);
        }
    }

    @Override
    public boolean writeMore() throws IOException {
        try {
            checkOutput();
            long before = out.position();
            return announce(before, out.writeMore());
        } catch (IllegalStateException | InternalError e) {
            throw gone(e);
        }
    }

    private boolean announce(long before, boolean whole) throws IOException {
        if (out.position() != before && readerThere.take()) {
            bell.ring();
        }
        return whole;
    }

    /** Fails if the other side is gone, and not just silent. */
    private void ringIfOver() throws IOException {
        if (bell.isOver()) {
            bell.ring();
        }
    }

    @Override
    public boolean isStarted() {
        return out.isStarted();
    }

    @Override
    public void keepRest() {
        out.keepRest();
    }

    @Override
    public void drop() {
        out.drop();
    }

    @Override
    public void awaitRoom(Deadline deadline) throws IOException, InterruptedException {
        try {
            checkOutput();
            if (!writing.await(hasRoom, deadline)) {
                sleepForRoom(deadline);
                writing.slept();
            }
        } catch (IllegalStateException | InternalError e) {
            throw gone(e);
        }
    }

    private void sleepForRoom(Deadline deadline) throws IOException, InterruptedException {
        writerHere.set();
        try {
            if (!out.hasRoom()) {
                ringIfOver();
                bell.awaitForWriter(deadline);
            }
        } finally {
            awake(writerHere);
        }
    }

    @Override
    public void wakeWriter() {
        bell.wakeWriter();
    }

    private void checkOutput() throws IOException {
        if (outputClosed) {
            throw new ClosedChannelException();
        }
        writes++;
        if (writes % WRITES_PER_LOOK == 0) {
            ringIfOver();
        }
    }

    // ------------------------------------------------------------------ in

    @Override
    public @Nullable Frame read(Deadline deadline) throws IOException, InterruptedException {
        try {
            while (true) {
                Frame frame = in.poll();
                if (in.isHeadDue()) {
                    giveBack();
                }
                if (frame != null || !(in.hasRecord() || awaitRecord(deadline))) {
                    return frame;
                }
            }
        } catch (IllegalStateException | InternalError e) {
            throw gone(e);
        }
    }

    /** Returns false if the time is up; if true, there may be a record. */
    private boolean awaitRecord(Deadline deadline) throws IOException, InterruptedException {
        giveBack();
        if (!deadline.hasPassed() && reading.await(hasRecord, deadline)) {
            return true;
        }
        if (bell.isOver()) {
            if (in.hasRecord()) { // what came before the end
                return true;
            }
            throw new EOFException();
        }
        if (deadline.hasPassed()) {
            return in.hasRecord();
        }
        sleepForRecord(deadline);
        reading.slept();
        return true;
    }

    private void sleepForRecord(Deadline deadline) throws IOException, InterruptedException {
        readerHere.set();
        try {
            if (!in.hasRecord() && !bell.isOver()) {
                bell.awaitForReader(deadline);
            }
        } finally {
            awake(readerHere);
        }
    }

    private void giveBack() {
        if (in.giveBack() && writerThere.take()) {
            try {
                bell.ring();
            } catch (IOException e) {
                // Whether the peer is gone is for the read that finds nothing: what it wrote comes first.
                log().debug("A peer was gone before it was told that there is room.", e);
            }
        }
    }

    /** Whatever ends the sleep is told, not that there is no ring any more. */
    private static void awake(SleepFlag flag) {
        try {
            flag.clear();
        } catch (IllegalStateException | InternalError e) {
            log().debug("A ring was gone when its side woke up.", e);
        }
    }

    // ------------------------------------------------------------------ ends

    @Override
    public void closeInput() {
        bell.closeReader();
    }

    @Override
    public void closeOutput() {
        outputClosed = true;
        bell.end();
    }

    @Override
    public void close() {
        bell.close();
        file.close();
    }

    private IOException gone(Throwable e) {
        if (e instanceof IllegalStateException misuse) {
            if (bell.isOpen()) {
                throw misuse;
            }
            return new ClosedChannelException();
        }
        return new IOException("The mapped file was cut short, or there is no room for it any more.", e);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(RingLink.class);
    }
}
