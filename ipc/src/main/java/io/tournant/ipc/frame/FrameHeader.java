package io.tournant.ipc.frame;

/**
 * The head of a frame, valid by {@link FrameLayout}.
 *
 * @param type what the frame says
 * @param kind the kind of the message
 * @param correlationId the correlation id of the message
 * @param length the length of the payload that follows, in bytes
 */
public record FrameHeader(FrameType type, int kind, long correlationId, int length) {}
