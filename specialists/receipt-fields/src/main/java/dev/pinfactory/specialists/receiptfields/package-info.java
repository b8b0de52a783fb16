/** Reads company, date, address and total from a receipt. */
@NullMarked
package dev.pinfactory.specialists.receiptfields;

import org.jspecify.annotations.NullMarked;
