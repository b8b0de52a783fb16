/** Scores card transactions by what their card and terminal did before. */
@NullMarked
package dev.pinfactory.specialists.fraud;

import org.jspecify.annotations.NullMarked;
