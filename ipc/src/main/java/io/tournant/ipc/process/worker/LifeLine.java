package io.tournant.ipc.process.worker;

import io.tournant.ipc.Channel;
import io.tournant.ipc.process.protocol.WayIn;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;

/** The pipe from the parent: it brings the way to the channel, and its end is the parent's death. */
final class LifeLine {

    /** The exit code of a worker whose parent is gone. Nobody is left to read it. */
    private static final int ORPHANED = 143;

    /** Where the launcher put the pipe: never on a descriptor that user code may read, print to or close. */
    private static final String PATH = "/dev/fd/3";

    private final WayIn way;

    private LifeLine(WayIn way) {
        this.way = way;
    }

    /** Reads what the parent says and ends this JVM as soon as the parent is gone. */
    @SuppressWarnings("resource") // open for as long as this process lives
    static LifeLine open() throws IOException {
        DataInputStream pipe = new DataInputStream(new FileInputStream(PATH));
        LifeLine line = new LifeLine(WayIn.read(pipe));
        Thread.ofPlatform().daemon().name("tournant-life-line").start(() -> awaitEnd(pipe));
        return line;
    }

    private static void awaitEnd(DataInputStream pipe) {
        try {
            while (pipe.read() >= 0) {
                // the parent says nothing more; only the end counts
            }
        } catch (IOException e) {
            // as good as the end
        }
        Runtime.getRuntime().halt(ORPHANED);
    }

    /** Connects to the parent. */
    Channel connect() throws IOException, InterruptedException {
        return way.transport().connect(way.endpoint(), way.token());
    }
}
