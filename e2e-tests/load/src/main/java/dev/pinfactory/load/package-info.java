/** Load with a fixed rate, and what it meets. */
@NullMarked
package dev.pinfactory.load;

import org.jspecify.annotations.NullMarked;
