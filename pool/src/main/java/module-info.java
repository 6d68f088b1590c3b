import io.tournant.core.spi.TaskBackendProvider;
import io.tournant.pool.PoolProvider;
import org.jspecify.annotations.NullMarked;

/** The work-stealing pool: an executor service of its own, usable without the rest of Tournant. */
@NullMarked
module io.tournant.pool {
    requires transitive io.tournant.core;
    requires org.jctools.core.jdk11;
    requires org.slf4j;
    requires static java.management;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.tournant.pool;

    provides TaskBackendProvider with
            PoolProvider;
}
