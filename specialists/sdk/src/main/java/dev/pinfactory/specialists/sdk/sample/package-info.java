/** Sample requests: written beside a card, or generated from its ports. */
@NullMarked
package dev.pinfactory.specialists.sdk.sample;

import org.jspecify.annotations.NullMarked;
