/** Notices when what a specialist is given, says, or gets wrong is no longer what it was: monitors of its calls, with a bound on false alarms. */
@NullMarked
package dev.pinfactory.specialists.training.drift;

import org.jspecify.annotations.NullMarked;
