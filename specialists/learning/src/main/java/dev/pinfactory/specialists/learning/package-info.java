/** What the specialists' trainers share: features, linear models, calibration, metrics, lineage. */
@NullMarked
package dev.pinfactory.specialists.learning;

import org.jspecify.annotations.NullMarked;
