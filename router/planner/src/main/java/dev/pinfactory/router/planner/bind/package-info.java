/** Turns chosen specialists into connected steps: what feeds each, what sets its parameters, what has to hold for it, what has to be inserted. */
@NullMarked
package dev.pinfactory.router.planner.bind;

import org.jspecify.annotations.NullMarked;
