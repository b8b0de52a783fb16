/** Learns to choose one of several candidates from sparse features. */
@NullMarked
package dev.pinfactory.specialists.learning.ranking;

import org.jspecify.annotations.NullMarked;
