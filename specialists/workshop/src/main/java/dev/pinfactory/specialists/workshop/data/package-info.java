/** Reads a file of examples, says what is wrong with it, and divides it. */
@NullMarked
package dev.pinfactory.specialists.workshop.data;

import org.jspecify.annotations.NullMarked;
