/** Tells what kind of document a text is. */
@NullMarked
package dev.pinfactory.specialists.documenttype;

import org.jspecify.annotations.NullMarked;
