/** The bars of reliability: R1, R3, R4, R5, R7. */
@NullMarked
package dev.pinfactory.faults.reliability;

import org.jspecify.annotations.NullMarked;
