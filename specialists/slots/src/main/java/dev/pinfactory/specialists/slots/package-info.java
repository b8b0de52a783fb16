/** Tells what a request wants and with which parameters. */
@NullMarked
package dev.pinfactory.specialists.slots;

import org.jspecify.annotations.NullMarked;
