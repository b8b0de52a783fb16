/** Shows what was found in the data and how good the model is, in one HTML file. */
@NullMarked
package dev.pinfactory.specialists.workshop.report;

import org.jspecify.annotations.NullMarked;
