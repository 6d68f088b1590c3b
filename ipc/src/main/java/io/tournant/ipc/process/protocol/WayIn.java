package io.tournant.ipc.process.protocol;

import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a parent tells a worker over the life line: where it listens, and how to connect.
 *
 * @param endpoint where
 * @param token what to show there
 * @param transport how
 */
public record WayIn(String endpoint, Token token, Transport transport) {
    /*
     * Bytes      endpoint, token (writeUTF) | maximum length of a message (int) | handshake timeout in ms (long) |
     *            for a mapped file: number of directories (int), each (writeUTF), capacity (int)
     *            for message queues: messages (int), length of each (int)
     */

    /**
     * Writes this.
     *
     * @param target the life line
     * @throws IOException if the worker is gone
     */
    public void write(DataOutput target) throws IOException {
        target.writeUTF(endpoint);
        target.writeUTF(token.reveal());
        target.writeInt(transport.maxMessageLength());
        Transport.UnixSocket greeting =
                switch (transport) {
                    case Transport.UnixSocket socket -> socket;
                    case Transport.MappedFile mapped -> mapped.socket();
                    case Transport.MessageQueue queue -> queue.socket();
                };
        target.writeLong(TimeUnit.MILLISECONDS.convert(greeting.handshakeTimeout())); // at most 292 million years
        if (transport instanceof Transport.MappedFile mapped) {
            target.writeInt(mapped.directories().size());
            for (Path directory : mapped.directories()) {
                target.writeUTF(directory.toAbsolutePath().toString());
            }
            target.writeInt(mapped.capacity());
        } else if (transport instanceof Transport.MessageQueue queue) {
            target.writeInt(queue.messages());
            target.writeInt(queue.messageLength());
        }
    }

    /**
     * Reads what was written.
     *
     * @param source the life line
     * @return the way
     * @throws IOException if the parent is gone
     */
    public static WayIn read(DataInput source) throws IOException {
        String endpoint = source.readUTF();
        Token token = Token.parse(source.readUTF());
        int maxMessageLength = source.readInt();
        Duration timeout = Duration.ofMillis(Math.max(1, source.readLong()));
        Transport transport =
                switch (Transport.of(endpoint)) {
                    case Transport.UnixSocket socket -> socket.withHandshakeTimeout(timeout);
                    case Transport.MappedFile mapped ->
                        new Transport.MappedFile(
                                mapped.socket().withHandshakeTimeout(timeout), directories(source), source.readInt());
                    case Transport.MessageQueue queue ->
                        new Transport.MessageQueue(
                                queue.socket().withHandshakeTimeout(timeout), source.readInt(), source.readInt());
                };
        return new WayIn(endpoint, token, transport.withMaxMessageLength(maxMessageLength));
    }

    private static List<Path> directories(DataInput source) throws IOException {
        var directories = new Path[source.readInt()];
        for (int i = 0; i < directories.length; i++) {
            directories[i] = Path.of(source.readUTF());
        }
        return Arrays.asList(directories);
    }
}
