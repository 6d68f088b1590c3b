/**
 * Mapped files: two rings of bytes in memory that both processes share, and a socket that rings when one of them sleeps.
 */
package io.tournant.ipc.mapped;
