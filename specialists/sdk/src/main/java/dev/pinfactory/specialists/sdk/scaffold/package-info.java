/** Writes a new specialist that builds, passes the contract test and registers. */
@NullMarked
package dev.pinfactory.specialists.sdk.scaffold;

import org.jspecify.annotations.NullMarked;
