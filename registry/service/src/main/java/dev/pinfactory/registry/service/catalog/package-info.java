/** The registry's rules in plain Java: what may be published, which moves a version may make, and how long an endpoint counts as alive. */
@NullMarked
package dev.pinfactory.registry.service.catalog;

import org.jspecify.annotations.NullMarked;
