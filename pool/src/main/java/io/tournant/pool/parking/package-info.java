/**
 * Who sleeps, who searches, and whom to wake: the part of the pool that must neither lose a wake-up nor waste one.
 *
 * <p>{@link io.tournant.pool.parking.Parking} is one word with the number of searching workers and the stack of parked
 * ones; {@link io.tournant.pool.parking.WakePermit} is what a parked worker waits for. Neither knows queues or tasks.
 * The proof that no wake-up is lost stands in {@code pool/DESIGN.md} and uses the names of the methods here.
 */
package io.tournant.pool.parking;
