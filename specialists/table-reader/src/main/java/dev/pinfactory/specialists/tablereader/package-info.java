/** Reads the table in a text: columns by delimiters, by runs of blanks, or by the boxes of its segments. */
@NullMarked
package dev.pinfactory.specialists.tablereader;

import org.jspecify.annotations.NullMarked;
