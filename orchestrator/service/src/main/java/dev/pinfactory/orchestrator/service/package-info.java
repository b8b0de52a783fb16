/** Accepts tasks over gRPC and REST, has them planned, runs the plans, keeps durable tasks. */
@NullMarked
package dev.pinfactory.orchestrator.service;

import org.jspecify.annotations.NullMarked;
