/** One catalogue of errors, and how it travels over gRPC and HTTP. */
@NullMarked
package dev.pinfactory.proto.error;

import org.jspecify.annotations.NullMarked;
