/** The trained parts of the planner. */
@NullMarked
package dev.pinfactory.router.models;

import org.jspecify.annotations.NullMarked;
