/** Mutual TLS between the roles: who the holder of a certificate is, and what it may call. */
@NullMarked
package dev.pinfactory.registry.peers;

import org.jspecify.annotations.NullMarked;
