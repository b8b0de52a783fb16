/** Finds who and what a text speaks of. */
@NullMarked
package dev.pinfactory.specialists.entities;

import org.jspecify.annotations.NullMarked;
