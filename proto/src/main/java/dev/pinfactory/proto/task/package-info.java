/** Checking of tasks before anything is done for them. */
@NullMarked
package dev.pinfactory.proto.task;

import org.jspecify.annotations.NullMarked;
