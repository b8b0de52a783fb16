/** The shell around the engine: one event loop for each task, its calls, timers and journal. */
@NullMarked
package dev.pinfactory.orchestrator.service.run;

import org.jspecify.annotations.NullMarked;
