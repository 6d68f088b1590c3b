package io.tournant.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

/** Carries {@link PeerWord words} both ways, one length and one serialized object after another. */
final class PeerStream {

    private final DataInputStream in;
    private final DataOutputStream out;

    PeerStream(InputStream in, OutputStream out) {
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    /** Says a word whole or, if it cannot be serialized, not at all. Any thread may. */
    void say(PeerWord word) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(word);
        }
        synchronized (this) {
            out.writeInt(bytes.size());
            bytes.writeTo(out);
            out.flush();
        }
    }

    /** Waits for the next word. For one thread. */
    PeerWord hear() throws IOException {
        byte[] bytes = in.readNBytes(in.readInt());
        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (PeerWord) objects.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("The two JVMs do not have the same classes", e);
        }
    }
}
