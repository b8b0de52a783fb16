/** Tells what a customer wants. */
@NullMarked
package dev.pinfactory.specialists.intent;

import org.jspecify.annotations.NullMarked;
