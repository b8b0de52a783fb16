/** Finds and redacts personal data. */
@NullMarked
package dev.pinfactory.specialists.pii;

import org.jspecify.annotations.NullMarked;
