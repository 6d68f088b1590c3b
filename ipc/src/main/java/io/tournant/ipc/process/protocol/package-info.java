/** What parent and worker say to each other over their channel. */
package io.tournant.ipc.process.protocol;
