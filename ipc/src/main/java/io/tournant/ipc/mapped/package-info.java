/**
 * Mapped files: two rings of records in memory that both processes share, with a socket that rings when one of them sleeps;
 * and the files of shared buffers, which any number of processes hold.
 */
package io.tournant.ipc.mapped;
