/** The child's side: the main class of a worker JVM. */
package io.tournant.ipc.process.worker;
