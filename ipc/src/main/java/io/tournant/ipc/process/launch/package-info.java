/** Starting a worker JVM: its command line, its private files, its output, its life line. */
package io.tournant.ipc.process.launch;
