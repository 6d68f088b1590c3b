/** Counts of durations in buckets of even relative width. */
package io.tournant.core.histogram;
