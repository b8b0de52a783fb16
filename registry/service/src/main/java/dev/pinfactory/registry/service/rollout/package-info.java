/** When a version moves by itself: its judgement, its counters and the time in, a decision out. */
@NullMarked
package dev.pinfactory.registry.service.rollout;

import org.jspecify.annotations.NullMarked;
