/** Learns from examples and measures what was learnt. */
@NullMarked
package dev.pinfactory.specialists.workshop.training;

import org.jspecify.annotations.NullMarked;
