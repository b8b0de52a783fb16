/** Scores the rows of a table: columns found in the data, boosted trees, calibrated probabilities, and the columns that spoke for each score. */
@NullMarked
package dev.pinfactory.specialists.tabular;

import org.jspecify.annotations.NullMarked;
