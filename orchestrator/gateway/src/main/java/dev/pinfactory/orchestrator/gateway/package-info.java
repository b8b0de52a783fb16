/** The public edge: REST, server-sent events and gRPC on one TLS port. */
@NullMarked
package dev.pinfactory.orchestrator.gateway;

import org.jspecify.annotations.NullMarked;
