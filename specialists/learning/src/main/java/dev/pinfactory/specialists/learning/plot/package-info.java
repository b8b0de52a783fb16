/** Draws what was measured, as SVG that needs no network. */
@NullMarked
package dev.pinfactory.specialists.learning.plot;

import org.jspecify.annotations.NullMarked;
