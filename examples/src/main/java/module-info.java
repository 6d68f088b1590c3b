import org.jspecify.annotations.NullMarked;

/**
 * Programs on real input. They are applications: they depend on the library, and nothing depends on them.
 *
 * <p>The main job is {@link io.tournant.examples.cracker.Cracker}; the first page of the documentation is
 * {@link io.tournant.examples.quickstart.QuickStart}; a backend of one's own is
 * {@link io.tournant.examples.keyed.KeyedBackend}.
 */
@NullMarked
module io.tournant.examples {
    requires static org.jspecify;
    requires info.picocli;
    requires io.tournant.core;
    requires io.tournant.ipc;
    requires io.tournant.pool;
    requires me.tongfei.progressbar;

    provides io.tournant.core.spi.TaskBackendProvider with
            io.tournant.examples.keyed.KeyedProvider;

    // picocli sets the options of the command by reflection.
    opens io.tournant.examples.cracker to
            info.picocli;
}
