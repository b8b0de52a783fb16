/** Language models behind OpenAI-compatible servers as specialists; what they write is untrusted. */
@NullMarked
package dev.pinfactory.specialists.adapters.openai;

import org.jspecify.annotations.NullMarked;
