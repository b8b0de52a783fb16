/** Canonical JSON and SHA-256 digests of contracts, plans and content. */
@NullMarked
package dev.pinfactory.proto.digest;

import org.jspecify.annotations.NullMarked;
