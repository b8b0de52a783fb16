/** A cached watch client of the registry that goes on when the registry is gone. */
@NullMarked
package dev.pinfactory.registry.client;

import org.jspecify.annotations.NullMarked;
