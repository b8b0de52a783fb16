/** REST under /v1: the same calls as gRPC, in protobuf's JSON, with RFC 9457 problems. */
@NullMarked
package dev.pinfactory.orchestrator.service.rest;

import org.jspecify.annotations.NullMarked;
