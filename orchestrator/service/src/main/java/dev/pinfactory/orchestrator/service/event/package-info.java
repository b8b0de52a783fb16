/** The events of tasks, in sequence: from memory while a task runs here, from the store otherwise. */
@NullMarked
package dev.pinfactory.orchestrator.service.event;

import org.jspecify.annotations.NullMarked;
