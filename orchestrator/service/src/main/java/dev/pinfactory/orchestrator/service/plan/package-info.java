/** Plans from the router, and the check of every plan against this orchestrator's own catalogue. */
@NullMarked
package dev.pinfactory.orchestrator.service.plan;

import org.jspecify.annotations.NullMarked;
