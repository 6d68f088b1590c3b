package io.tournant.ipc.bench;

import io.tournant.ipc.Transport;
import java.nio.file.Path;

/** A way for two JVMs to be connected. */
interface Medium {

    /**
     * Prepares to be joined.
     *
     * @param directory a fresh one
     */
    Host host(Path directory) throws Exception;

    /** Joins whoever hosts. */
    Link join(String address) throws Exception;

    /** The one who is joined. */
    interface Host {
        /** Returns what the other is told. */
        String address();

        /** Returns the connection to the other, who has been started and told. */
        Link accept(Process other) throws Exception;
    }

    /** Returns one by name. */
    static Medium of(String name) {
        boolean spins = Boolean.getBoolean("tournant.bench.spins");
        return switch (name) {
            case "mapped" -> new ChannelMedium(Transport.mappedFile());
            case "socket" -> new ChannelMedium(Transport.unixSocket());
            case "queue" -> new ChannelMedium(Transport.messageQueue());
            case "pipe" -> new ChannelMedium(Transport.pipe());
            case "agrona" -> new AgronaMedium(spins);
            case "aeron" -> new AeronMedium(spins);
            case "chronicle" -> new ChronicleMedium(spins);
            case "jeromq" -> new JeroMqMedium();
            case "jdkSocket" -> new JdkSocketMedium();
            case "jdkPipe" -> new JdkPipeMedium();
            case "none" -> new NoMedium();
            default -> throw new IllegalArgumentException("Unknown medium: name=" + name);
        };
    }
}
