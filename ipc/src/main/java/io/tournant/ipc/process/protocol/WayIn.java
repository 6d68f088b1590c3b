package io.tournant.ipc.process.protocol;

import io.tournant.ipc.Token;
import io.tournant.ipc.Transport;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
     *            for pipes: number of directories (int), each (writeUTF), capacity (int)
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
                    case Transport.Pipe pipe -> pipe.socket();
                };
        target.writeLong(TimeUnit.MILLISECONDS.convert(greeting.handshakeTimeout())); // at most 292 million years
        switch (transport) {
            case Transport.UnixSocket _ -> {}
            case Transport.MappedFile mapped -> write(target, mapped.directories(), mapped.capacity());
            case Transport.MessageQueue queue -> {
                target.writeInt(queue.messages());
                target.writeInt(queue.messageLength());
            }
            case Transport.Pipe pipe -> write(target, pipe.socket().directories(), pipe.capacity());
        }
    }

    private static void write(DataOutput target, List<Path> directories, int capacity) throws IOException {
        target.writeInt(directories.size());
        for (Path directory : directories) {
            target.writeUTF(directory.toAbsolutePath().toString());
        }
        target.writeInt(capacity);
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
                                mapped.socket().withHandshakeTimeout(timeout),
                                List.of(directories(source)),
                                source.readInt());
                    case Transport.MessageQueue queue ->
                        new Transport.MessageQueue(
                                queue.socket().withHandshakeTimeout(timeout), source.readInt(), source.readInt());
                    case Transport.Pipe pipe ->
                        new Transport.Pipe(
                                pipe.socket().withHandshakeTimeout(timeout).withDirectories(directories(source)),
                                source.readInt());
                };
        return new WayIn(endpoint, token, transport.withMaxMessageLength(maxMessageLength));
    }

    private static Path[] directories(DataInput source) throws IOException {
        var directories = new Path[source.readInt()];
        for (int i = 0; i < directories.length; i++) {
            directories[i] = Path.of(source.readUTF());
        }
        return directories;
    }
}
