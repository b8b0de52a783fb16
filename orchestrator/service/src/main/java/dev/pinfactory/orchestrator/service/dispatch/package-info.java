/** Calls of specialists: endpoint, circuit breaker, bulkhead, retries within a budget, grants. */
@NullMarked
package dev.pinfactory.orchestrator.service.dispatch;

import org.jspecify.annotations.NullMarked;
