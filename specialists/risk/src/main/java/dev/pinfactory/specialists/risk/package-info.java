/** Scores the clients of a bank: who will subscribe. */
@NullMarked
package dev.pinfactory.specialists.risk;

import org.jspecify.annotations.NullMarked;
