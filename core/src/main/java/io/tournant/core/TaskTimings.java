package io.tournant.core;

/**
 * How long the sampled tasks of an executor waited and ran, in their last attempt.
 *
 * @param waiting from being ready to the beginning
 * @param running from the beginning to the outcome
 */
public record TaskTimings(Histogram waiting, Histogram running) {}
