package io.tournant.ipc;

import java.util.List;

/** A JVM without native access that asks for each transport that needs it, twice. */
public final class DeniedMain {

    private DeniedMain() {}

    public static void main(String[] arguments) {
        for (Transport transport : List.of(Transport.messageQueue(), Transport.pipe())) {
            for (int i = 0; i < 2; i++) {
                try {
                    transport.listen().close();
                } catch (ChannelException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }
}
