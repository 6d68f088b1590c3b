/** Tasks, results and exceptions as bytes. */
package io.tournant.ipc.process.codec;
