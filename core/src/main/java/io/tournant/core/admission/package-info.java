/** Who may enter an executor, and who may go on to its backend now. */
package io.tournant.core.admission;
