/** Requests over REST and gRPC, made of the published contract and then broken, and what an answer must be all the same. */
@NullMarked
package dev.pinfactory.faults.security.contract;

import org.jspecify.annotations.NullMarked;
