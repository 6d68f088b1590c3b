/** The parent's side: a queue of jobs, and for each worker a thread that starts it, feeds it and replaces it. */
package io.tournant.ipc.process.supervisor;
