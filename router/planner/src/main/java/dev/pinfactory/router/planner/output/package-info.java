/** Decides which output of which step fills which place of the caller's result. */
@NullMarked
package dev.pinfactory.router.planner.output;

import org.jspecify.annotations.NullMarked;
