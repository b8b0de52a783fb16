/** Reading and checking cards, and the immutable set of contracts that a plan is made against. */
@NullMarked
package dev.pinfactory.proto.card;

import org.jspecify.annotations.NullMarked;
