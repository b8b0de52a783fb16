/** Measures specialists on labelled files, through what serves them. */
@NullMarked
package dev.pinfactory.specialists.evaluation;

import org.jspecify.annotations.NullMarked;
