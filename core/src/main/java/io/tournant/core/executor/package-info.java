/** The executor in front of a backend: it admits a task, hands it over, and keeps the promises of its life cycle. */
package io.tournant.core.executor;
