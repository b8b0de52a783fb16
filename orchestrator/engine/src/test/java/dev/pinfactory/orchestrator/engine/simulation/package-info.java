/** Random plans against random faults, in simulated time on one thread, with invariants by name. */
@NullMarked
package dev.pinfactory.orchestrator.engine.simulation;

import org.jspecify.annotations.NullMarked;
