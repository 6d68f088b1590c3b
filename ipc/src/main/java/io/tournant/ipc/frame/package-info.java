/**
 * The wire format: how messages and greetings look as bytes, the same on every transport that carries a byte stream.
 */
package io.tournant.ipc.frame;
