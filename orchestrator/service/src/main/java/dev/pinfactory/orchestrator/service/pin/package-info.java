/** What a task gets that names a plan that was frozen, and what has to hold of the cards for it. */
@NullMarked
package dev.pinfactory.orchestrator.service.pin;

import org.jspecify.annotations.NullMarked;
