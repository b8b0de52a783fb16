/** Runs a plan as a state machine: events in, actions out; no clock, thread, lock or I/O. */
@NullMarked
package dev.pinfactory.orchestrator.engine;

import org.jspecify.annotations.NullMarked;
