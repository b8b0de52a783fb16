/** SwarmService over gRPC. */
@NullMarked
package dev.pinfactory.orchestrator.service.grpc;

import org.jspecify.annotations.NullMarked;
