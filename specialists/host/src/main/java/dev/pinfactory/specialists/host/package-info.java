/** Runs any number of specialists in one process. */
@NullMarked
package dev.pinfactory.specialists.host;

import org.jspecify.annotations.NullMarked;
