/** Executes a plan's output mapping: typed, deterministic, with provenance for every leaf and every disagreement shown. */
@NullMarked
package dev.pinfactory.orchestrator.merge;

import org.jspecify.annotations.NullMarked;
