/** What became of the calls of each version, counted and reported to the registry, which moves versions by it. */
@NullMarked
package dev.pinfactory.orchestrator.service.outcome;

import org.jspecify.annotations.NullMarked;
