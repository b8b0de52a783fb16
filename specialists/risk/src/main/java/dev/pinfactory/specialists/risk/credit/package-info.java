/** Scores applications for a credit: which will go bad. */
@NullMarked
package dev.pinfactory.specialists.risk.credit;

import org.jspecify.annotations.NullMarked;
