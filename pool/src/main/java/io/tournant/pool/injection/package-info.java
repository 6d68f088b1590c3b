/**
 * The way in for tasks from outside: queues that any thread may fill and that the workers empty in batches.
 *
 * <p>{@link io.tournant.pool.injection.Injector} spreads submitting threads over several stripes, each a JCTools queue
 * for many producers and one consumer, and makes sure that there is one consumer at a time. It keeps the order of each
 * submitting thread and wakes nobody.
 */
package io.tournant.pool.injection;
