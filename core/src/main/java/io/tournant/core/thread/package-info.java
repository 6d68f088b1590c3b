/** The backends on threads of this JVM: platform threads, virtual threads, and the caller's own. */
package io.tournant.core.thread;
