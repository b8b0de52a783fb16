/** The contract test that every specialist, in whatever language, has to pass. */
@NullMarked
package dev.pinfactory.specialists.testkit;

import org.jspecify.annotations.NullMarked;
