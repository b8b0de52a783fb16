/** Brings the dates, amounts, measures and percentages of a text into their usual form. */
@NullMarked
package dev.pinfactory.specialists.normaliser;

import org.jspecify.annotations.NullMarked;
