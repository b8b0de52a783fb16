/** Runs a validated plan as a state machine: events in, actions out, with no clock, thread, lock or I/O of its own. */
@NullMarked
package dev.pinfactory.orchestrator.engine;

import org.jspecify.annotations.NullMarked;
