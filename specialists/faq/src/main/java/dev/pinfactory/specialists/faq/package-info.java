/** Answers a question from a list of known questions and answers. */
@NullMarked
package dev.pinfactory.specialists.faq;

import org.jspecify.annotations.NullMarked;
