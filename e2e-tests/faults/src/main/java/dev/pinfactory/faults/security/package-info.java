/** The bars of security: what an adversary may try, and what has to hold all the same. */
@NullMarked
package dev.pinfactory.faults.security;

import org.jspecify.annotations.NullMarked;
