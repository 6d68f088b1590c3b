package io.tournant.ipc.pipe;

import io.tournant.ipc.socket.PathOfferLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Both sides of a pair of pipes; the one that opened it is in the hands of a test. */
record PipeHands(PipeWire wire, PipeWire peer) implements AutoCloseable {

    static PipeHands open(Path directory, int capacity) throws IOException {
        PipePair ours = PipePair.create(List.of(directory), capacity);
        PipePair theirs = PipePair.open(PathOfferLayout.read(ours.offer()));
        ours.removeNames();
        ours.leaveItsPlace();
        return new PipeHands(ours.wire(), theirs.wire());
    }

    @Override
    public void close() {
        wire.close();
        peer.close();
    }
}
