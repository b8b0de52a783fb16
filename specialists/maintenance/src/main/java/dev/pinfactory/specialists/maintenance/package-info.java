/** Scores the sensor rows of a machine: which come before a failure. */
@NullMarked
package dev.pinfactory.specialists.maintenance;

import org.jspecify.annotations.NullMarked;
