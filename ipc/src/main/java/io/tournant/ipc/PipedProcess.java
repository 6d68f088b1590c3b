package io.tournant.ipc;

/**
 * A child process and the channel to it, from {@link Transport.Pipe#start}.
 *
 * @param process the child; its standard streams are as its builder says
 * @param channel the channel to it; close it. That ends the child only if the child takes it so
 */
public record PipedProcess(Process process, Channel channel) {}
