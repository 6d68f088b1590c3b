package io.tournant.ipc;

/** The side that is killed: listens or connects, and sends and receives {@link Traffic} until it dies. */
final class TrafficMain {

    /** The exit code of one that found something wrong. */
    static final int WRONG = 78;

    private TrafficMain() {}

    /** Arguments: the transport's endpoint to connect to, or {@code listen} and what {@link KillCrashTest} calls it. */
    public static void main(String[] arguments) throws Exception {
        try {
            Token token = ChildJvm.readToken();
            Channel channel = arguments[0].equals("listen")
                    ? accepted(KillCrashTest.transport(arguments[1], arguments[2]))
                    : Transport.of(arguments[0]).connect(arguments[0], token);
            Waiter.start(() -> Traffic.send(channel));
            Traffic.receive(channel, () -> {});
        } catch (Throwable e) {
            System.err.println(e);
        }
        Runtime.getRuntime().halt(WRONG); // whoever comes here was not killed
    }

    private static Channel accepted(Transport transport) throws ChannelException, InterruptedException {
        Listener listener = transport.listen();
        System.out.println(listener.endpoint() + " " + listener.token().reveal());
        System.out.flush();
        return listener.accept();
    }
}
