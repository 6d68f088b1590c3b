/**
 * The deque of a worker: its owner works at the bottom, thieves take from the top.
 *
 * <p>Nothing here knows of threads that sleep or of pools that end: {@link io.tournant.pool.deque.WorkDeque} promises
 * that every task pushed is taken exactly once, by its owner or by a thief, and {@link io.tournant.pool.deque.Steal}
 * says what became of an attempt. Waking somebody for what was pushed is the pusher's business.
 */
package io.tournant.pool.deque;
