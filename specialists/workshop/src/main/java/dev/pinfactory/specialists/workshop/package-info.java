/** Makes a specialist out of a file of examples, and serves such specialists. */
@NullMarked
package dev.pinfactory.specialists.workshop;

import org.jspecify.annotations.NullMarked;
