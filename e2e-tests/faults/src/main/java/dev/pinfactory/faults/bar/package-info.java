/** A bar is a promise with a number: rounds that try to break it, tries and failures that are counted, and a report. */
@NullMarked
package dev.pinfactory.faults.bar;

import org.jspecify.annotations.NullMarked;
