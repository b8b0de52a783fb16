/** Finds the JSON in what a language model wrote, within bounds. */
@NullMarked
package dev.pinfactory.chat.json;

import org.jspecify.annotations.NullMarked;
