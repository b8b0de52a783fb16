/** Turns what orchestrators and sources tell into calls and labelled examples. */
@NullMarked
package dev.pinfactory.specialists.training.intake;

import org.jspecify.annotations.NullMarked;
