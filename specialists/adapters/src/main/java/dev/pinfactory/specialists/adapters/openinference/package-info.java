/** Asks servers that speak the Open Inference Protocol, version 2, over gRPC. */
@NullMarked
package dev.pinfactory.specialists.adapters.openinference;

import org.jspecify.annotations.NullMarked;
