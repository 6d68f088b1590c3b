package io.tournant.ipc.frame;

import io.tournant.ipc.Message;

/**
 * A whole frame.
 *
 * @param type what it says
 * @param message what it carries; without payload unless it is a {@link FrameType#MESSAGE}
 */
public record Frame(FrameType type, Message message) {}
