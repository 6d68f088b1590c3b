/**
 * What Linux offers and the JDK does not: functions of its C library, and descriptors that threads wait for without losing
 * them. The only package, with that of message queues, that calls native code.
 */
package io.tournant.ipc.posix;
