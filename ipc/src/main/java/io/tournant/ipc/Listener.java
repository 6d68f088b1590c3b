package io.tournant.ipc;

import java.time.Duration;
import java.util.Optional;

/**
 * Waits for the peers it expects at an endpoint, and lets in no one else.
 *
 * <p>Whoever connects must belong to the same user, speak the same version and show the {@link #token()}; who does not
 * is told so, logged and hung up on, while {@code accept} waits on. A peer that connects and says nothing keeps nobody
 * else waiting. When the last expected peer is in, the endpoint is removed from the file system.
 *
 * <p>Any thread may call any method; threads that accept concurrently take turns. Peers are greeted while a thread
 * accepts, and only then.
 */
public interface Listener extends AutoCloseable {

    /**
     * Returns where to connect, for {@link Transport#connect}. It is no secret and fits a command line: it has no white
     * space that the path of the directory did not bring.
     *
     * @return text of the form {@code scheme:address}
     */
    String endpoint();

    /**
     * Returns what a peer must show.
     *
     * @return the secret
     */
    Token token();

    /**
     * Waits for the next peer as long as necessary.
     *
     * @return the channel to it
     * @throws ChannelException.Closed if the listener is closed, or every expected peer has connected
     * @throws ChannelException if the transport fails
     * @throws InterruptedException if interrupted on entry or while waiting; the listener stays open
     */
    Channel accept() throws ChannelException, InterruptedException;

    /**
     * Waits for the next peer no longer than the time given.
     *
     * @param timeout how long to wait; zero or less does not wait
     * @return the channel to it, or nothing when the time is up
     * @throws ChannelException.Closed if the listener is closed, or every expected peer has connected
     * @throws ChannelException if the transport fails
     * @throws InterruptedException if interrupted on entry or while waiting; the listener stays open
     */
    Optional<Channel> accept(Duration timeout) throws ChannelException, InterruptedException;

    /**
     * Stops listening and removes the endpoint. Threads that accept get {@link ChannelException.Closed}; channels that
     * were accepted live on. Does not block for long, and does nothing if the listener is closed.
     */
    @Override
    void close();
}
