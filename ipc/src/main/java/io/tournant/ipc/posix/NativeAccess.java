package io.tournant.ipc.posix;

import io.tournant.ipc.ChannelException;
import java.util.Locale;

/** Whether this JVM may call native code, and what to say if not. */
public final class NativeAccess {

    private static final String ELSE = "use Unix-domain sockets or a mapped file";

    private NativeAccess() {}

    /**
     * A native call that changes nothing.
     *
     * @param <X> how it may fail
     */
    @FunctionalInterface
    public interface Probe<X extends Exception> {

        /**
         * Calls.
         *
         * @throws X if the call fails
         */
        void run() throws X;
    }

    /**
     * Checks that native code can be called here.
     *
     * @param <X> how the call may fail
     * @param what what it is needed for, in the plural
     * @param probe a call, whose functions are looked up now unless they were before
     * @throws ChannelException.Unavailable if it cannot; the message says why, and what to do
     * @throws X if the call fails
     */
    public static <X extends Exception> void check(String what, Probe<X> probe) throws ChannelException.Unavailable, X {
        String system = System.getProperty("os.name", "");
        if (!system.toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new ChannelException.Unavailable(
                    what + " carry channels on Linux only; " + ELSE + ": os=" + system, null);
        }
        try {
            probe.run();
        } catch (LinkageError e) { // the functions were looked up now, or in vain before
            throw unlinked(what, e);
        }
    }

    private static ChannelException.Unavailable unlinked(String what, LinkageError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (!NativeAccess.class.getModule().isNativeAccessEnabled()) {
            return new ChannelException.Unavailable(
                    what + " need native access, which this JVM denies; start it with --enable-native-access="
                            + grantee() + ", or " + ELSE + ": cause=" + cause.getMessage(),
                    e);
        }
        return new ChannelException.Unavailable(
                what + " need functions that cannot be called on this machine; " + ELSE + ": cause=" + cause, e);
    }

    /**
     * Tells what a JVM must be granted, as the value of {@code --enable-native-access}.
     *
     * @return the name of this module, or ALL-UNNAMED
     */
    public static String grantee() {
        Module module = NativeAccess.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }
}
