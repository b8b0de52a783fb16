/** Bars of who may call what: tokens, and what belongs to whom. */
@NullMarked
package dev.pinfactory.faults.identity;

import org.jspecify.annotations.NullMarked;
