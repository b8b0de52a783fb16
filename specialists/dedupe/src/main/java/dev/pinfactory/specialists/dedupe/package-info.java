/** Finds rows of a table that denote the same thing. */
@NullMarked
package dev.pinfactory.specialists.dedupe;

import org.jspecify.annotations.NullMarked;
