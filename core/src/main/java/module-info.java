import io.tournant.core.spi.ContextElement;
import io.tournant.core.spi.TaskBackendProvider;
import io.tournant.core.thread.DirectProvider;
import io.tournant.core.thread.PlatformProvider;
import io.tournant.core.thread.VirtualProvider;
import org.jspecify.annotations.NullMarked;

/**
 * The task, its executor and its contract: what an application programs against, and what a backend implements.
 *
 * <p>Applications use {@link io.tournant.core}; authors of backends implement {@link io.tournant.core.spi}. This module
 * knows no backend but the three on the threads of this JVM: {@code platform}, {@code virtual} and {@code direct}.
 */
@NullMarked
module io.tournant.core {
    requires static org.jspecify;
    requires org.slf4j;

    exports io.tournant.core;
    exports io.tournant.core.spi;

    uses ContextElement;
    uses TaskBackendProvider;

    provides TaskBackendProvider with
            PlatformProvider,
            VirtualProvider,
            DirectProvider;
}
