package io.tournant.ipc;

import io.tournant.ipc.mapped.MappedMedium;
import io.tournant.ipc.pipe.ChildPipes;
import io.tournant.ipc.pipe.PipeMedium;
import io.tournant.ipc.queue.QueueMedium;
import io.tournant.ipc.socket.Medium;
import io.tournant.ipc.socket.SocketConnector;
import io.tournant.ipc.socket.SocketEndpoint;
import io.tournant.ipc.socket.SocketListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A way to carry a {@link Channel}, with its settings.
 *
 * <p>One process listens and passes endpoint and token to the other, which connects. Both sides then hold one end each.
 */
public sealed interface Transport
        permits Transport.UnixSocket, Transport.MappedFile, Transport.MessageQueue, Transport.Pipe {

    /** The greatest length of a message unless another is set: 16 MiB. */
    int DEFAULT_MAX_MESSAGE_LENGTH = 16 << 20;

    /** The bytes of each ring of a mapped file unless others are set: 1 MiB. */
    int DEFAULT_RING_CAPACITY = 1 << 20;

    /** The messages that each queue holds unless another number is set: 8. */
    int DEFAULT_QUEUE_MESSAGES = 8;

    /** The bytes of a message of a queue unless others are set: 2 KiB. */
    int DEFAULT_QUEUE_MESSAGE_LENGTH = 2 << 10;

    /** The bytes that each pipe holds unless others are set: 64 KiB. */
    int DEFAULT_PIPE_CAPACITY = 64 << 10;

    /** The length of a message that no setting may exceed: 1 GiB. */
    int MESSAGE_LENGTH_LIMIT = 1 << 30;

    /**
     * Makes a fresh endpoint, reachable for processes of the same user, and listens there.
     *
     * @return the listener; close it
     * @throws ChannelException.Unavailable if no endpoint could be made, and the message names each place that was tried; or
     *     if this transport cannot be had here, and it says why
     */
    Listener listen() throws ChannelException;

    /**
     * Connects to a listener. Waits for its greeting, at most for the handshake timeout.
     *
     * @param endpoint where, from {@link Listener#endpoint()}
     * @param token the secret, from {@link Listener#token()}
     * @return the channel; close it
     * @throws IllegalArgumentException if the endpoint is not one of this transport
     * @throws ChannelException.Unavailable if nobody listens there, or this side cannot make what it has to bring; the
     *     message says which
     * @throws ChannelException.Refused if the two sides cannot agree to talk; it says why
     * @throws ChannelException if the transport fails
     * @throws InterruptedException if interrupted on entry or while waiting; no connection is left
     */
    Channel connect(String endpoint, Token token) throws ChannelException, InterruptedException;

    /**
     * Returns the greatest length of a message that this side agrees to.
     *
     * @return a length in bytes
     */
    int maxMessageLength();

    /**
     * Returns these settings with another greatest length of a message.
     *
     * @param maxMessageLength a length in bytes, 1 to {@link #MESSAGE_LENGTH_LIMIT}
     * @return the changed settings
     * @throws IllegalArgumentException if it is out of range
     */
    Transport withMaxMessageLength(int maxMessageLength);

    /**
     * Returns the transport that an endpoint belongs to, with default settings.
     *
     * @param endpoint where a listener is, from {@link Listener#endpoint()}
     * @return the transport to connect with
     * @throws IllegalArgumentException if no transport has endpoints of that form
     */
    static Transport of(String endpoint) {
        if (SocketEndpoint.isOne(Medium.SOCKET.scheme(), endpoint)) {
            return unixSocket();
        }
        if (SocketEndpoint.isOne(MappedMedium.SCHEME, endpoint)) {
            return mappedFile();
        }
        if (SocketEndpoint.isOne(QueueMedium.SCHEME, endpoint)) {
            return messageQueue();
        }
        if (SocketEndpoint.isOne(PipeMedium.SCHEME, endpoint)) {
            return pipe();
        }
        throw new IllegalArgumentException("No transport has such an endpoint; known are "
                + Stream.of(Medium.SOCKET.scheme(), MappedMedium.SCHEME, QueueMedium.SCHEME, PipeMedium.SCHEME)
                        .map(SocketEndpoint::form)
                        .toList()
                + ": endpoint=" + endpoint);
    }

    /**
     * Returns the transport over a mapped file, with default settings.
     *
     * @return rings of 1 MiB in a file in {@code /dev/shm}, or else where sockets are; the socket as that of {@link
     *     #unixSocket()}
     */
    static MappedFile mappedFile() {
        return new MappedFile(unixSocket(), MappedMedium.defaultDirectories(), DEFAULT_RING_CAPACITY);
    }

    /**
     * Returns the transport over POSIX message queues, with default settings.
     *
     * @return queues of 8 messages of 2 KiB; the socket as that of {@link #unixSocket()}
     */
    static MessageQueue messageQueue() {
        return new MessageQueue(unixSocket(), DEFAULT_QUEUE_MESSAGES, DEFAULT_QUEUE_MESSAGE_LENGTH);
    }

    /**
     * Returns the transport over pipes, with default settings.
     *
     * @return pipes that hold 64 KiB; the socket as that of {@link #unixSocket()}
     */
    static Pipe pipe() {
        return new Pipe(unixSocket(), DEFAULT_PIPE_CAPACITY);
    }

    /**
     * Returns the transport over Unix-domain sockets, with default settings.
     *
     * @return one peer, 16 MiB, ten seconds; the socket in {@code $XDG_RUNTIME_DIR} or else the temporary directory
     */
    static UnixSocket unixSocket() {
        return new UnixSocket(
                SocketEndpoint.defaultDirectories(), 1, DEFAULT_MAX_MESSAGE_LENGTH, Duration.ofSeconds(10));
    }

    /**
     * The transport over Unix-domain sockets: safe, simple, and quick in every situation.
     *
     * @param directories where a listener may make the private directory of its socket, tried in order
     * @param peers how many peers a listener expects before it removes its endpoint; they share one token
     * @param maxMessageLength the greatest length of a message, in bytes; the smaller value of the two sides counts
     * @param handshakeTimeout how long the other side may take over its greeting
     */
    record UnixSocket(List<Path> directories, int peers, int maxMessageLength, Duration handshakeTimeout)
            implements Transport {

        /**
         * Checks the settings.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public UnixSocket {
            directories = List.copyOf(directories);
            if (directories.isEmpty()) {
                throw new IllegalArgumentException("A Unix-domain socket needs a directory: directories=[]");
            }
            if (peers < 1) {
                throw new IllegalArgumentException("A listener expects at least one peer: peers=" + peers);
            }
            if (maxMessageLength < 1 || maxMessageLength > MESSAGE_LENGTH_LIMIT) {
                throw new IllegalArgumentException("The maximum length of a message lies between 1 and "
                        + MESSAGE_LENGTH_LIMIT + ": maxMessageLength=" + maxMessageLength);
            }
            if (!handshakeTimeout.isPositive()) {
                throw new IllegalArgumentException(
                        "The handshake needs some time: handshakeTimeout=" + handshakeTimeout);
            }
        }

        /**
         * Returns these settings with other directories.
         *
         * @param directories where a listener may make the private directory of its socket, tried in order
         * @return the changed settings
         * @throws IllegalArgumentException if there is none
         */
        public UnixSocket withDirectories(Path... directories) {
            return new UnixSocket(List.of(directories), peers, maxMessageLength, handshakeTimeout);
        }

        /**
         * Returns these settings with another number of peers.
         *
         * @param peers how many peers a listener expects
         * @return the changed settings
         * @throws IllegalArgumentException if it is less than 1
         */
        public UnixSocket withPeers(int peers) {
            return new UnixSocket(directories, peers, maxMessageLength, handshakeTimeout);
        }

        @Override
        public UnixSocket withMaxMessageLength(int maxMessageLength) {
            return new UnixSocket(directories, peers, maxMessageLength, handshakeTimeout);
        }

        /**
         * Returns these settings with another time for the handshake.
         *
         * @param handshakeTimeout how long the other side may take over its greeting
         * @return the changed settings
         * @throws IllegalArgumentException if it is not positive
         */
        public UnixSocket withHandshakeTimeout(Duration handshakeTimeout) {
            return new UnixSocket(directories, peers, maxMessageLength, handshakeTimeout);
        }

        @Override
        public Listener listen() throws ChannelException {
            return SocketListener.open(this, Medium.SOCKET);
        }

        @Override
        public Channel connect(String endpoint, Token token) throws ChannelException, InterruptedException {
            return SocketConnector.connect(
                    this, Medium.SOCKET, SocketEndpoint.parse(Medium.SOCKET.scheme(), endpoint), token);
        }
    }

    /**
     * The transport through memory that both processes map: two rings of messages, and a Unix-domain socket on which one side
     * wakes the other when that sleeps. Between two sides that are awake a message does not enter the kernel. The connecting
     * side makes the file; it has a name only until both have mapped it.
     *
     * @param socket how the two sides find each other, and the greatest length of a message
     * @param directories where the connecting side may make the file, tried in order; in memory, if possible
     * @param capacity the bytes of each of the two rings, a power of two from 4 KiB to 512 MiB; messages longer
     *     than an eighth of that pass through them in pieces. What the connecting side has set counts
     */
    record MappedFile(UnixSocket socket, List<Path> directories, int capacity) implements Transport {

        /**
         * Checks the settings.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public MappedFile {
            Objects.requireNonNull(socket, "socket");
            directories = List.copyOf(directories);
            if (directories.isEmpty()) {
                throw new IllegalArgumentException("A mapped file needs a directory: directories=[]");
            }
            if (!MappedMedium.isCapacity(capacity)) {
                throw new IllegalArgumentException(
                        "The capacity of a ring is a power of two from 4 KiB to 512 MiB: capacity=" + capacity);
            }
        }

        /**
         * Returns these settings with another socket.
         *
         * @param socket how the two sides find each other, and the greatest length of a message
         * @return the changed settings
         */
        public MappedFile withSocket(UnixSocket socket) {
            return new MappedFile(socket, directories, capacity);
        }

        /**
         * Returns these settings with other directories for the file.
         *
         * @param directories where the connecting side may make it, tried in order
         * @return the changed settings
         * @throws IllegalArgumentException if there is none
         */
        public MappedFile withDirectories(Path... directories) {
            return new MappedFile(socket, List.of(directories), capacity);
        }

        /**
         * Returns these settings with another capacity.
         *
         * @param capacity the bytes of each ring, a power of two from 4 KiB to 512 MiB
         * @return the changed settings
         * @throws IllegalArgumentException if it is something else
         */
        public MappedFile withCapacity(int capacity) {
            return new MappedFile(socket, directories, capacity);
        }

        @Override
        public int maxMessageLength() {
            return socket.maxMessageLength();
        }

        @Override
        public MappedFile withMaxMessageLength(int maxMessageLength) {
            return withSocket(socket.withMaxMessageLength(maxMessageLength));
        }

        @Override
        public Listener listen() throws ChannelException {
            return SocketListener.open(socket, medium());
        }

        @Override
        public Channel connect(String endpoint, Token token) throws ChannelException, InterruptedException {
            return SocketConnector.connect(
                    socket, medium(), SocketEndpoint.parse(MappedMedium.SCHEME, endpoint), token);
        }

        private MappedMedium medium() {
            return new MappedMedium(directories, capacity);
        }
    }

    /**
     * The transport through POSIX message queues, on Linux only: one queue each way, in the kernel, and a Unix-domain socket
     * that shows when the peer is gone. The connecting side makes the queues; they have names only until both sides have
     * opened them. Those of a side that is killed before that stay until another pair is made later, where
     * {@code /dev/mqueue} is mounted, or else until the machine starts anew.
     *
     * <p>It calls native code: grant that with {@code --enable-native-access=io.tournant.ipc}, or {@code =ALL-UNNAMED} on
     * the class path. Without it the JVM prints a warning, or refuses, which {@code listen} and {@code connect} report.
     *
     * @apiNote The kernel grants little room: mostly no more than 10 messages of 8 KiB to a queue, and 800 KiB to all queues
     *     of a user ({@code ulimit -q}), which is about 20 channels of the default size. The other transports are quicker
     *     with long messages.
     * @param socket how the two sides find each other, and the greatest length of a message
     * @param messages how many messages each queue holds, 1 to 65,536
     * @param messageLength the bytes of a message of a queue, 64 to 1,048,576; longer messages of the channel pass through
     *     in pieces. What the connecting side has set counts
     */
    record MessageQueue(UnixSocket socket, int messages, int messageLength) implements Transport {

        /**
         * Checks the settings; what the kernel grants is known only when the queues are made.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public MessageQueue {
            Objects.requireNonNull(socket, "socket");
            if (!QueueMedium.isSize(messages, messageLength)) {
                throw new IllegalArgumentException("A queue holds 1 to 65536 messages of 64 bytes to 1 MiB: messages="
                        + messages + ", messageLength=" + messageLength);
            }
        }

        /**
         * Returns these settings with another socket.
         *
         * @param socket how the two sides find each other, and the greatest length of a message
         * @return the changed settings
         */
        public MessageQueue withSocket(UnixSocket socket) {
            return new MessageQueue(socket, messages, messageLength);
        }

        /**
         * Returns these settings with another number of messages.
         *
         * @param messages how many messages each queue holds
         * @return the changed settings
         * @throws IllegalArgumentException if it is out of range
         */
        public MessageQueue withMessages(int messages) {
            return new MessageQueue(socket, messages, messageLength);
        }

        /**
         * Returns these settings with another length of the messages of a queue.
         *
         * @param messageLength how many bytes each of them has at most
         * @return the changed settings
         * @throws IllegalArgumentException if it is out of range
         */
        public MessageQueue withMessageLength(int messageLength) {
            return new MessageQueue(socket, messages, messageLength);
        }

        @Override
        public int maxMessageLength() {
            return socket.maxMessageLength();
        }

        @Override
        public MessageQueue withMaxMessageLength(int maxMessageLength) {
            return withSocket(socket.withMaxMessageLength(maxMessageLength));
        }

        @Override
        public Listener listen() throws ChannelException {
            QueueMedium.check();
            return SocketListener.open(socket, medium());
        }

        @Override
        public Channel connect(String endpoint, Token token) throws ChannelException, InterruptedException {
            return SocketConnector.connect(socket, medium(), SocketEndpoint.parse(QueueMedium.SCHEME, endpoint), token);
        }

        private QueueMedium medium() {
            return new QueueMedium(messages, messageLength);
        }
    }

    /**
     * The transport over pipes, on Linux only: one each way, in the kernel. Between two processes that meet at a
     * Unix-domain socket, the connecting side makes them, and the socket is closed after the greeting; they have names only
     * until both sides have opened them. A process that starts the other by {@link #start} needs no socket and no token.
     *
     * <p>It calls native code: grant that with {@code --enable-native-access=io.tournant.ipc}, or {@code =ALL-UNNAMED} on
     * the class path. Without it the JVM prints a warning, or refuses, which {@code listen}, {@code connect}, {@code start}
     * and {@code inherited} report.
     *
     * @apiNote The kernel lets a user without privileges enlarge a pipe to {@code /proc/sys/fs/pipe-max-size}, mostly 1 MiB,
     *     and all his pipes to {@code pipe-user-pages-soft} pages, mostly 64 MiB: that is 512 channels of the default size.
     * @param socket how the two sides find each other, the greatest length of a message, and how long a greeting may take.
     *     Its directories are where pipes are made, too
     * @param capacity the bytes that each of the two pipes holds, a power of two from 8 KiB to 1 GiB; longer messages pass
     *     through them in pieces. What the side has set counts that connects, or starts the other
     */
    record Pipe(UnixSocket socket, int capacity) implements Transport {

        /**
         * Checks the settings; what the kernel grants is known only when the pipes are made.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Pipe {
            Objects.requireNonNull(socket, "socket");
            if (!PipeMedium.isCapacity(capacity)) {
                throw new IllegalArgumentException(
                        "The capacity of a pipe is a power of two from 8 KiB to 1 GiB: capacity=" + capacity);
            }
        }

        /**
         * Returns these settings with another socket.
         *
         * @param socket how the two sides find each other, the greatest length of a message, and how long a greeting may take
         * @return the changed settings
         */
        public Pipe withSocket(UnixSocket socket) {
            return new Pipe(socket, capacity);
        }

        /**
         * Returns these settings with another capacity.
         *
         * @param capacity the bytes that each pipe holds, a power of two from 8 KiB to 1 GiB
         * @return the changed settings
         * @throws IllegalArgumentException if it is something else
         */
        public Pipe withCapacity(int capacity) {
            return new Pipe(socket, capacity);
        }

        /**
         * Starts a child process with a channel to it, and waits until the child has called {@link #inherited}, at most for
         * the handshake timeout. The child finds the pipes on the descriptors 3 (to read) and 4 (to write), and {@code
         * TOURNANT_PIPES=3,4} in its environment; 0 to 2 are as the builder says. A shell, {@code /bin/sh}, opens the pipes
         * and then becomes the child's program, with the same process id.
         *
         * <p>The channel ends when the last process is gone that has the pipes. A child without Java that starts others
         * keeps the pipes from them, or the end comes with theirs; {@link #inherited} sees to that. Such a child says hello
         * and speaks the frames by itself, as the module's DESIGN.md describes.
         *
         * @param builder the command, environment, directory and redirections of the child; is not changed
         * @return the child, and the channel to it; close the latter
         * @throws IllegalArgumentException if the builder names no program
         * @throws ChannelException.Unavailable if no pipes or no process could be made; the message says why
         * @throws ChannelException.Refused if the child exits, or the time is up, before it has greeted, or its greeting is
         *     no good; it is killed
         * @throws ChannelException if the transport fails
         * @throws InterruptedException if interrupted on entry or while waiting; the child is killed
         */
        public PipedProcess start(ProcessBuilder builder) throws ChannelException, InterruptedException {
            return ChildPipes.start(this, builder);
        }

        /**
         * Returns the channel to the parent of this process, which has started it by {@link #start}. May be called once.
         * Waits for the parent's answer, at most for the handshake timeout. Processes that this one starts do not have the
         * channel.
         *
         * @return the channel; close it
         * @throws IllegalStateException if the channel was returned already
         * @throws ChannelException.Unavailable if this process was not started so, or pipes cannot be had here; the message
         *     says which
         * @throws ChannelException.Refused if the parent is gone, does not answer, or the two cannot agree
         * @throws ChannelException if the transport fails
         * @throws InterruptedException if interrupted on entry or while waiting; the pipes are closed
         */
        public Channel inherited() throws ChannelException, InterruptedException {
            return ChildPipes.inherited(this);
        }

        @Override
        public int maxMessageLength() {
            return socket.maxMessageLength();
        }

        @Override
        public Pipe withMaxMessageLength(int maxMessageLength) {
            return withSocket(socket.withMaxMessageLength(maxMessageLength));
        }

        @Override
        public Listener listen() throws ChannelException {
            PipeMedium.check();
            return SocketListener.open(socket, medium());
        }

        @Override
        public Channel connect(String endpoint, Token token) throws ChannelException, InterruptedException {
            return SocketConnector.connect(socket, medium(), SocketEndpoint.parse(PipeMedium.SCHEME, endpoint), token);
        }

        private PipeMedium medium() {
            return new PipeMedium(socket.directories(), capacity);
        }
    }
}
