/** Labels the tokens of a text with a linear-chain conditional random field. */
@NullMarked
package dev.pinfactory.specialists.learning.sequence;

import org.jspecify.annotations.NullMarked;
