/**
 * The task itself: the word that holds its state, and the two faces it shows: the handle to the submitter, the run to
 * the backend.
 */
package io.tournant.core.task;
