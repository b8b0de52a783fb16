/** The pin command. */
@NullMarked
package dev.pinfactory.orchestrator.cli;

import org.jspecify.annotations.NullMarked;
