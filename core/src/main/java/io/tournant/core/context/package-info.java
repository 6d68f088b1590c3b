/** What a task takes along from the thread that submits it. */
package io.tournant.core.context;
