/** Tells whether a text is positive or negative. */
@NullMarked
package dev.pinfactory.specialists.sentiment;

import org.jspecify.annotations.NullMarked;
