/** What clients were told and what a store keeps, and whether the two agree. */
@NullMarked
package dev.pinfactory.faults.history;

import org.jspecify.annotations.NullMarked;
