/**
 * A password cracker that runs the same task code on every backend.
 *
 * <p>Read it in the order in which the work flows: {@link io.tournant.examples.cracker.Cracker} parses the command line
 * and splits the {@link io.tournant.examples.cracker.WordList} into
 * {@link io.tournant.examples.cracker.Chunk chunks}, which are the tasks;
 * {@link io.tournant.examples.cracker.BackendRun} gives them to one executor after the other; inside a chunk the
 * {@link io.tournant.examples.cracker.Mangler} makes candidates of each word and a
 * {@link io.tournant.examples.cracker.Search} looks their hashes up in the
 * {@link io.tournant.examples.cracker.Targets}; {@link io.tournant.examples.cracker.Report} prints the table.
 */
package io.tournant.examples.cracker;
