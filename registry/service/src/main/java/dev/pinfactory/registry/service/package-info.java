/** Knows which specialists exist, in which versions, and where they are alive. */
@NullMarked
package dev.pinfactory.registry.service;

import org.jspecify.annotations.NullMarked;
