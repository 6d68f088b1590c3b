/**
 * Unix-domain sockets: the endpoint in a private directory, who may connect, and the stream to who did.
 */
package io.tournant.ipc.socket;
