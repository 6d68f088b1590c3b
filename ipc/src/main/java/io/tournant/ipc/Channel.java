package io.tournant.ipc;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A two-way connection that carries {@link Message messages} between two processes: whole, in order, never dropped.
 *
 * <h2>Life cycle</h2>
 *
 * A channel is open from the moment it is handed out. {@link #closeOutput()} ends one direction: the peer receives what
 * was sent and then {@link Received.Absent#END}. The channel is closed by {@link #close()} on either side, by the death
 * of the peer, by bytes that are no frame, or by an I/O error; the {@link CloseReason} says which. A receiver is told of
 * the peer's close or death only after it has received everything that came before it, so somebody must receive for
 * either to be noticed.
 *
 * <h2>Errors</h2>
 *
 * Every failure is a {@link ChannelException}. {@link ChannelException.TooLarge} leaves the channel as it was; after any
 * other the channel, or at least its output, is finished.
 *
 * <h2>Thread safety</h2>
 *
 * Any number of threads may send; each message goes out as one unit. Messages are received in order by one thread at a
 * time; threads that receive concurrently take turns. Sending never waits for receiving, nor receiving for sending, so
 * two sides that both receive never block each other, however much they send. Blocked virtual threads give up their
 * carriers.
 *
 * <h2>Interruption</h2>
 *
 * Interrupting a thread that waits in a method of this interface ends that wait and nothing else: the channel stays open
 * and no message is torn or lost.
 *
 * <h2>Memory consistency effects</h2>
 *
 * If both ends are in one JVM, actions before sending a message <i>happen-before</i> actions after receiving it.
 */
public interface Channel extends AutoCloseable {

    /**
     * Sends a message, waiting for room as long as necessary. Once this method returns, the message goes out whole,
     * ahead of everything sent later, unless the channel breaks or the peer stops reading and this side closes; its
     * payload may be reused.
     *
     * <p>If the thread is interrupted when the first byte is already out, the message is sent all the same, and this
     * method returns normally with the interrupt status set.
     *
     * @param message what to send
     * @throws ChannelException.TooLarge if the payload is longer than {@link #maxMessageLength()}; nothing was sent
     * @throws ChannelException.Closed if the channel or its output is closed, or becomes so before the message is out
     * @throws ChannelException if the transport fails
     * @throws InterruptedException if interrupted on entry or while waiting; nothing was sent
     */
    void send(Message message) throws ChannelException, InterruptedException;

    /**
     * Sends a message like {@link #send(Message)}, waiting for room no longer than the time given.
     *
     * <p>If the time is up when the first byte is already out, the message is sent all the same, and this method returns
     * {@code true}.
     *
     * @param message what to send
     * @param timeout how long to wait; zero or less does not wait
     * @return whether the message was sent; if {@code false}, nothing was
     * @throws ChannelException.TooLarge if the payload is longer than {@link #maxMessageLength()}; nothing was sent
     * @throws ChannelException.Closed if the channel or its output is closed, or becomes so before the message is out
     * @throws ChannelException if the transport fails
     * @throws InterruptedException if interrupted on entry or while waiting; nothing was sent
     */
    boolean send(Message message, Duration timeout) throws ChannelException, InterruptedException;

    /**
     * Sends a message if there is room for its beginning now. Neither waits nor reacts to interruption.
     *
     * @param message what to send
     * @return whether the message was sent; if {@code false}, nothing was
     * @throws ChannelException.TooLarge if the payload is longer than {@link #maxMessageLength()}; nothing was sent
     * @throws ChannelException.Closed if the channel or its output is closed
     * @throws ChannelException if the transport fails
     */
    boolean trySend(Message message) throws ChannelException;

    /**
     * Receives the next message, waiting for it as long as necessary.
     *
     * @return the message, or {@link Received.Absent#END} once the peer has closed its output or the channel and every
     *     message has been received
     * @throws ChannelException.Closed if the channel was closed here, or the peer died; in the latter case everything it
     *     had sent was received before
     * @throws ChannelException.Corrupt if what arrived is no frame; the channel is closed
     * @throws ChannelException if the transport fails
     * @throws InterruptedException if interrupted on entry or while waiting; nothing was lost
     */
    Received receive() throws ChannelException, InterruptedException;

    /**
     * Receives the next message like {@link #receive()}, waiting for it no longer than the time given.
     *
     * @param timeout how long to wait; zero or less does not wait
     * @return the message, or {@link Received.Absent#NOTHING_YET}, or {@link Received.Absent#END}
     * @throws ChannelException.Closed if the channel was closed here, or the peer died
     * @throws ChannelException.Corrupt if what arrived is no frame; the channel is closed
     * @throws ChannelException if the transport fails
     * @throws InterruptedException if interrupted on entry or while waiting; nothing was lost
     */
    Received receive(Duration timeout) throws ChannelException, InterruptedException;

    /**
     * Receives the next message if it has arrived whole. Neither waits nor reacts to interruption.
     *
     * @return the message, or {@link Received.Absent#NOTHING_YET}, or {@link Received.Absent#END}
     * @throws ChannelException.Closed if the channel was closed here, or the peer died
     * @throws ChannelException.Corrupt if what arrived is no frame; the channel is closed
     * @throws ChannelException if the transport fails
     */
    Received tryReceive() throws ChannelException;

    /**
     * Ends this side's output: the peer receives what was sent, then {@link Received.Absent#END}. Waits for room like
     * {@link #send(Message)}. Receiving goes on. Does nothing if the output is ended already.
     *
     * @throws ChannelException.Closed if the channel is closed, or becomes so before the end is out
     * @throws ChannelException if the transport fails
     * @throws InterruptedException if interrupted on entry or while waiting; the output is still open
     */
    void closeOutput() throws ChannelException, InterruptedException;

    /**
     * Has the callback called once with the reason why the channel closed; at once if it is closed already.
     *
     * <p>It runs on the thread that closes the channel or finds it closed (one that calls {@link #close()}, receives or
     * sends), without locks of the channel held. Callbacks run in no particular order; what one throws is logged.
     *
     * @param callback what to call; should be short
     */
    void onClose(Consumer<? super CloseReason> callback);

    /**
     * Tells why the channel closed. Does not block.
     *
     * @return the reason, or nothing while the channel is open as far as this side has noticed
     */
    Optional<CloseReason> closeReason();

    /**
     * Tells whether the channel is open as far as this side has noticed. Does not block.
     *
     * @return whether there is no {@link #closeReason()} yet
     */
    default boolean isOpen() {
        return closeReason().isEmpty();
    }

    /**
     * Returns the longest payload that both sides agreed to accept.
     *
     * @return a length in bytes
     */
    int maxMessageLength();

    /**
     * Closes both directions for the reason {@link CloseReason.Local}. Threads that wait on this channel get
     * {@link ChannelException.Closed}; messages not yet received are dropped. Does not block, and does nothing if the
     * channel is closed.
     *
     * <p>What was sent still goes out, in the background, as long as the peer reads on; one that has not taken it all
     * after a second finds the connection broken. To be sure, call {@link #closeOutput()} and receive until the end.
     */
    @Override
    void close();
}
