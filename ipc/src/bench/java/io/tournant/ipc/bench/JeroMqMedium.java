package io.tournant.ipc.bench;

import java.nio.file.Path;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A pair of JeroMQ's sockets, which are TCP on the loopback; so is its {@code ipc}. */
final class JeroMqMedium implements Medium {

    private final ZMQ.Socket socket = new ZContext().createSocket(SocketType.PAIR);

    @Override
    public Host host(Path directory) {
        int port = socket.bindToRandomPort("tcp://127.0.0.1");
        return new Host() {
            @Override
            public String address() {
                return "tcp://127.0.0.1:" + port;
            }

            @Override
            public Link accept(Process other) {
                return new Paired(socket);
            }
        };
    }

    @Override
    public Link join(String address) {
        socket.connect(address);
        return new Paired(socket);
    }

    /** One end. */
    private record Paired(ZMQ.Socket socket) implements Link {

        @Override
        public void send(byte[] message) {
            // The message is queued, not copied, and ours is used again.
            if (!socket.send(message.clone())) {
                throw new IllegalStateException("Not sent: errno=" + socket.errno());
            }
        }

        @Override
        public void receive(Receiver receiver) throws Exception {
            byte[] message = socket.recv();
            Payload.read(message, 0, message.length, receiver);
        }
    }
}
