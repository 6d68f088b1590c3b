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

    /** More than any message takes; text read as a length is more than that. */
    private static final int MAX_LENGTH = 64 << 20;

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
        int length = in.readInt();
        if (length < 0 || length > MAX_LENGTH) {
            throw new IOException(
                    "The other JVM does not say words of this length; something else writes to its standard"
                            + " output: length=" + length + ", maxLength=" + MAX_LENGTH);
        }
        byte[] bytes = in.readNBytes(length);
        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (PeerWord) objects.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("The two JVMs do not have the same classes", e);
        }
    }
}
