/** Turns an instruction into a typed plan: interpret, ground, complete, bind, validate. */
@NullMarked
package dev.pinfactory.router.planner;

import org.jspecify.annotations.NullMarked;
