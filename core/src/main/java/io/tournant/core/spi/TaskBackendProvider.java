package io.tournant.core.spi;

/**
 * Makes a backend known by name to {@link io.tournant.core.TaskExecutor#open(String)}. Found by
 * {@link java.util.ServiceLoader}: name it in {@code provides} of the module and in {@code META-INF/services} for the
 * class path.
 */
public interface TaskBackendProvider {

    /**
     * Returns the name of the backend.
     *
     * @return a word of lower-case letters, digits and hyphens, that begins with a letter
     */
    String name();

    /**
     * Opens a backend.
     *
     * @implSpec calls {@link BackendConfig#allow(String...)} before it makes anything, so that a misspelt key is
     *     reported and not ignored. The keys {@code concurrency}, {@code queue}, {@code saturated} and {@code priorities} are
     *     the executor's, and do not arrive here
     * @param config the keys and values given to {@code open}
     * @return a new backend
     * @throws IllegalArgumentException if a key is unknown or a value is out of range
     */
    TaskBackend open(BackendConfig config);
}
