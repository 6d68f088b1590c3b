package io.tournant.ipc.bench;

import io.tournant.ipc.Channel;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Message;
import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import java.nio.file.Path;

/** A channel of ours, with the settings that it has by itself. */
record ChannelMedium(Transport transport) implements Medium {

    @Override
    public Host host(Path directory) throws Exception {
        Listener listener = transport.listen();
        return new Host() {
            @Override
            public String address() {
                return listener.endpoint() + " " + listener.token().reveal();
            }

            @Override
            public Link accept(Process other) throws Exception {
                try (listener) {
                    return new Ours(listener.accept());
                }
            }
        };
    }

    @Override
    public Link join(String address) throws Exception {
        String[] parts = address.split(" ", 2);
        return new Ours(transport.connect(parts[0], Token.parse(parts[1])));
    }

    /** One end. */
    private static final class Ours implements Link {

        private final Channel channel;
        private Message last = Message.of(0, 0);

        Ours(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void send(byte[] message) throws Exception {
            if (last.toBytes() != message) {
                last = Message.of(0, 0, message);
            }
            channel.send(last);
        }

        @Override
        public void receive(Receiver receiver) throws Exception {
            if (!(channel.receive() instanceof Message message)) {
                throw new IllegalStateException("The other has gone");
            }
            Payload.read(message.toBytes(), 0, message.length(), receiver);
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
