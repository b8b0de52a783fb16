/** Where examples come from that are no corrections: streams, tables, files and batches of the business. */
@NullMarked
package dev.pinfactory.specialists.training.source;

import org.jspecify.annotations.NullMarked;
