/** Plans that are frozen under a name: pinning, keeping, and what has to hold when a task wants one. */
@NullMarked
package dev.pinfactory.orchestrator.service.pin;

import org.jspecify.annotations.NullMarked;
