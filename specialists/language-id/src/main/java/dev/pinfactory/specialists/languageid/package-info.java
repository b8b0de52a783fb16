/** Tells the language of a text. */
@NullMarked
package dev.pinfactory.specialists.languageid;

import org.jspecify.annotations.NullMarked;
