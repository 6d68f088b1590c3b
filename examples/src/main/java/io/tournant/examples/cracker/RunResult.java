package io.tournant.examples.cracker;

import java.time.Duration;
import java.util.List;

/**
 * What a run on one backend brought.
 *
 * @param backend as it was given to {@code TaskExecutor.open}
 * @param tried the candidates of all chunks that returned
 * @param time from the opening of the executor to the last result
 * @param recovered the passwords found, each once
 * @param workersLost how many worker processes died
 * @param retried how many chunks were submitted again since their worker died
 */
record RunResult(String backend, long tried, Duration time, List<Recovered> recovered, int workersLost, int retried) {

    double seconds() {
        return time.toNanos() / 1e9;
    }

    double hashesPerSecond() {
        return tried / seconds();
    }
}
