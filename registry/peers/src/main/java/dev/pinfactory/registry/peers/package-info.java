/** How roles deal with each other: mutual TLS, who may call what, and how one that leaves says so. */
@NullMarked
package dev.pinfactory.registry.peers;

import org.jspecify.annotations.NullMarked;
