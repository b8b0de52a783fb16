/** Plans that were made before for the same shape of request. */
@NullMarked
package dev.pinfactory.router.planner.cache;

import org.jspecify.annotations.NullMarked;
