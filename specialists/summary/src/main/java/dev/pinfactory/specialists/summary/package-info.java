/** Picks the sentences that say the most. */
@NullMarked
package dev.pinfactory.specialists.summary;

import org.jspecify.annotations.NullMarked;
