/** The first page of the documentation as a program. */
package io.tournant.examples.quickstart;
