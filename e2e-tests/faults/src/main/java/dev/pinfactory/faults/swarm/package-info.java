/** An orchestrator, its database and its specialists, as a bar needs them: to be killed, paused and looked into. */
@NullMarked
package dev.pinfactory.faults.swarm;

import org.jspecify.annotations.NullMarked;
