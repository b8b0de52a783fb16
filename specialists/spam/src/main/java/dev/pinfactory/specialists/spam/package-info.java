/** Tells spam and phishing from messages that somebody wrote to somebody. */
@NullMarked
package dev.pinfactory.specialists.spam;

import org.jspecify.annotations.NullMarked;
