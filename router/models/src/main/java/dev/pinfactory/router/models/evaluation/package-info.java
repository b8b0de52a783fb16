/** Measures a router on labelled requests. */
@NullMarked
package dev.pinfactory.router.models.evaluation;

import org.jspecify.annotations.NullMarked;
