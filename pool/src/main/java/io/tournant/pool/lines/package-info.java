/** Which fields must not share a line of a processor's cache. */
@NullMarked
package io.tournant.pool.lines;

import org.jspecify.annotations.NullMarked;
