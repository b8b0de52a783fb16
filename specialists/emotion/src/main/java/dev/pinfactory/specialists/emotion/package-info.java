/** Tells how the writer of a message feels, and how soon it has to be dealt with. */
@NullMarked
package dev.pinfactory.specialists.emotion;

import org.jspecify.annotations.NullMarked;
