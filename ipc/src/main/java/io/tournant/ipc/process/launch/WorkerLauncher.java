package io.tournant.ipc.process.launch;

import io.tournant.ipc.Channel;
import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Listener;
import io.tournant.ipc.Transport;
import io.tournant.ipc.process.protocol.WayIn;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts worker JVMs. */
public final class WorkerLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerLauncher.class);

    private final WorkerSettings settings;

    /** Makes a launcher, and removes what launchers of processes that are gone have left behind. */
    public WorkerLauncher(WorkerSettings settings) {
        this.settings = settings;
        try (PrivateDirectory directory = PrivateDirectory.create()) {
            directory.sweep();
        } catch (IOException e) {
            LOG.warn("Nothing can be swept, and no worker will start.", e);
        }
    }

    /**
     * Starts a worker and waits until it has connected, has exited or has used up its time.
     *
     * @param name the name of the worker
     * @param started receives the process as soon as there is one, so that somebody else may end it
     * @throws StartFailedException if the worker does not come up; its process is gone then
     */
    public WorkerProcess start(String name, Consumer<? super Process> started)
            throws StartFailedException, InterruptedException {
        try (PrivateDirectory directory = PrivateDirectory.create();
                Listener listener = within(directory).listen()) {
            Process process = spawn(name, directory.path().resolve("arguments"));
            try {
                started.accept(process);
                WorkerProcess worker = new WorkerProcess(name, process, OutputTail.of(name, process));
                connect(worker, listener, within(directory));
                return worker;
            } catch (InterruptedException | RuntimeException | Error e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) { // no file, no thread, no memory: the caller tries again
            throw new StartFailedException("A worker could not be prepared: worker=" + name + " cause=" + e, e);
        }
    }

    private void connect(WorkerProcess worker, Listener listener, Transport transport)
            throws StartFailedException, InterruptedException {
        CompletableFuture<Void> _ = worker.process().onExit().thenRun(listener::close);
        try {
            sayWhere(worker.lifeLine(), listener, transport);
            worker.connected(accept(listener));
        } catch (IOException e) {
            throw worker.failedToStart(e);
        }
    }

    /** What has a name has it in the private directory, so that one sweep finds it; elsewhere if its path is too long. */
    private Transport within(PrivateDirectory directory) {
        return switch (settings.transport()) {
            case Transport.UnixSocket socket -> in(directory, socket);
            case Transport.MappedFile mapped -> mapped.withSocket(in(directory, mapped.socket()));
            case Transport.MessageQueue queue -> queue.withSocket(in(directory, queue.socket()));
            case Transport.Pipe pipe -> pipe.withSocket(in(directory, pipe.socket()));
        };
    }

    private static Transport.UnixSocket in(PrivateDirectory first, Transport.UnixSocket socket) {
        List<Path> places = new ArrayList<>(List.of(first.path()));
        places.addAll(socket.directories());
        return socket.withDirectories(places.toArray(Path[]::new));
    }

    /** Starts the process; whatever goes wrong is explained in an IOException. */
    private Process spawn(String name, Path argumentFile) throws IOException {
        ProcessBuilder builder = JvmCommand.prepare(name, settings, argumentFile);
        try {
            return builder.start();
        } catch (IOException | RuntimeException | Error e) { // fork failures come as all of them
            // A process that exists all the same gets no word on its life line and ends by itself.
            throw new IOException(
                    "The system could not start a process. Check the limits on processes, descriptors (ulimit -u, -n) and"
                            + " memory. command=" + builder.command() + " cause=" + e,
                    e);
        }
    }

    private static void sayWhere(DataOutputStream lifeLine, Listener listener, Transport transport) throws IOException {
        new WayIn(listener.endpoint(), listener.token(), transport).write(lifeLine);
        lifeLine.flush();
    }

    private Channel accept(Listener listener) throws IOException, InterruptedException {
        try {
            Optional<Channel> channel = listener.accept(settings.startTimeout());
            return channel.orElseThrow(
                    () -> new IOException("It did not connect in time: startTimeout=" + settings.startTimeout()));
        } catch (ChannelException.Closed e) {
            throw new IOException("It exited before it connected", e);
        }
    }
}
