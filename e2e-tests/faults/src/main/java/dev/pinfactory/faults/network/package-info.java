/** A network that is slow, narrow, deaf, or breaks. */
@NullMarked
package dev.pinfactory.faults.network;

import org.jspecify.annotations.NullMarked;
