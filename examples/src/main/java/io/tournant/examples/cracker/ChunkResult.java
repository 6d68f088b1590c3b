package io.tournant.examples.cracker;

import java.io.Serializable;
import java.util.List;

/**
 * What a chunk brought.
 *
 * @param tried how many candidates were hashed, so that none can be missed unnoticed
 * @param recovered the passwords among them
 */
record ChunkResult(long tried, List<Recovered> recovered) implements Serializable {}
