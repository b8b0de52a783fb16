/** Forecasts series of numbers, with bounds. */
@NullMarked
package dev.pinfactory.specialists.forecast;

import org.jspecify.annotations.NullMarked;
