/** Durable tasks: their journal, results, events and outbox, each guarded by the epoch of its claim. */
@NullMarked
package dev.pinfactory.orchestrator.service.store;

import org.jspecify.annotations.NullMarked;
