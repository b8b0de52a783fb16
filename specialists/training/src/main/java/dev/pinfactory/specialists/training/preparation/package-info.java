/** Makes a data set of examples as they came in. */
@NullMarked
package dev.pinfactory.specialists.training.preparation;

import org.jspecify.annotations.NullMarked;
