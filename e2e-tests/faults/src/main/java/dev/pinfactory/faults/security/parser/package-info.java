/** Parsers of bytes that strangers send, each with a corpus, and what fuzzes them. */
@NullMarked
package dev.pinfactory.faults.security.parser;

import org.jspecify.annotations.NullMarked;
