/** Stores that fail, and stores with a bug on purpose. */
@NullMarked
package dev.pinfactory.faults.store;

import org.jspecify.annotations.NullMarked;
