/** One question to an OpenAI-compatible server, and what may come back: every way it can go wrong is a value. */
@NullMarked
package dev.pinfactory.chat;

import org.jspecify.annotations.NullMarked;
