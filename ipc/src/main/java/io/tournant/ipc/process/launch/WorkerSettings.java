package io.tournant.ipc.process.launch;

import io.tournant.ipc.Transport;
import java.time.Duration;
import java.util.List;

/**
 * How to start a worker.
 *
 * @param transport what carries the channel
 * @param jvmOptions options of the worker's JVM
 * @param startTimeout how long a worker may take to connect
 */
public record WorkerSettings(Transport transport, List<String> jvmOptions, Duration startTimeout) {}
