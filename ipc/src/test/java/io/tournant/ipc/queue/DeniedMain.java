package io.tournant.ipc.queue;

import io.tournant.ipc.ChannelException;
import io.tournant.ipc.Transport;

/** A JVM without native access that asks for queues, twice. */
public final class DeniedMain {

    private DeniedMain() {}

    public static void main(String[] arguments) {
        for (int i = 0; i < 2; i++) {
            try {
                Transport.messageQueue().listen().close();
            } catch (ChannelException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
