/** What a card would change before it takes traffic: pinned plans, golden tasks, and what a tenant asked for lately. */
@NullMarked
package dev.pinfactory.orchestrator.service.impact;

import org.jspecify.annotations.NullMarked;
