/** Versions that are tried beside the ones in use: called with the same inputs, compared, and never used. */
@NullMarked
package dev.pinfactory.orchestrator.service.shadow;

import org.jspecify.annotations.NullMarked;
