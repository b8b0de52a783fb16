/** Reads files: their text, and what is attached to them. */
@NullMarked
package dev.pinfactory.specialists.documents;

import org.jspecify.annotations.NullMarked;
