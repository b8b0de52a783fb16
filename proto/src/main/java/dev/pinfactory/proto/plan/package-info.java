/** Checking of tasks and plans: all violations at once, each naming step and field. */
@NullMarked
package dev.pinfactory.proto.plan;

import org.jspecify.annotations.NullMarked;
