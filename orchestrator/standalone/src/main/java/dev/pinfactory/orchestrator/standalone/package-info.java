/** Registry, router, orchestrator and specialists in one process. */
@NullMarked
package dev.pinfactory.orchestrator.standalone;

import org.jspecify.annotations.NullMarked;
