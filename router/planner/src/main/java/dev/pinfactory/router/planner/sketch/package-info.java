/** Which specialists an instruction asks for, with what words, and which feeds which: a plan before inputs are bound. */
@NullMarked
package dev.pinfactory.router.planner.sketch;

import org.jspecify.annotations.NullMarked;
