/** Serves specialists over gRPC, without Spring: checks, batches, versions, cost. */
@NullMarked
package dev.pinfactory.specialists.sdk.serving;

import org.jspecify.annotations.NullMarked;
