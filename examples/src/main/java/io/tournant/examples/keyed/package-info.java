/** A backend as a third party writes one: {@code docs/backends.md} builds it step by step. */
package io.tournant.examples.keyed;
