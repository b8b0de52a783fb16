/** W3C trace context, kept with a task and carried over every hop. */
@NullMarked
package dev.pinfactory.orchestrator.service.trace;

import org.jspecify.annotations.NullMarked;
