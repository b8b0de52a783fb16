/** Which specialists answer which clause. The models that decide it stand behind these interfaces. */
@NullMarked
package dev.pinfactory.router.planner.ground;

import org.jspecify.annotations.NullMarked;
