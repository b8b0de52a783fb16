/** Plans with any OpenAI-compatible server on the premises; what it returns is untrusted. */
@NullMarked
package dev.pinfactory.router.llm;

import org.jspecify.annotations.NullMarked;
