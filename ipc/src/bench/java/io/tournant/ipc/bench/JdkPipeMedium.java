package io.tournant.ipc.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** The standard streams of a child of the JDK as everybody uses them: buffered, a length before each message. */
final class JdkPipeMedium implements Medium {

    /** What the JDK gives the streams of a child. */
    private static final int BUFFER = 8192;

    @Override
    public Host host(Path directory) {
        return new Host() {
            @Override
            public String address() {
                return "";
            }

            @Override
            public Link accept(Process other) {
                return new Framed(other.getInputStream(), other.getOutputStream());
            }
        };
    }

    @Override
    public Link join(String address) {
        return new Framed(System.in, new FileOutputStream(FileDescriptor.out));
    }

    /** One end. */
    private static final class Framed implements Link {

        private final DataInputStream in;
        private final DataOutputStream out;
        private byte[] received = {};

        Framed(InputStream in, OutputStream out) {
            this.in = new DataInputStream(in instanceof BufferedInputStream ? in : new BufferedInputStream(in, BUFFER));
            this.out = new DataOutputStream(
                    out instanceof BufferedOutputStream ? out : new BufferedOutputStream(out, BUFFER));
        }

        @Override
        public void send(byte[] message) throws IOException {
            out.writeInt(message.length);
            out.write(message);
            out.flush();
        }

        @Override
        public void receive(Receiver receiver) throws Exception {
            int length = in.readInt();
            if (received.length < length) {
                received = new byte[length];
            }
            in.readFully(received, 0, length);
            Payload.read(received, 0, length, receiver);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
