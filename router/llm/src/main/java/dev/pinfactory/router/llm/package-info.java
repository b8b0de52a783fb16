/** Plans with a large language model on the premises; what it answers is untrusted until the whole plan is validated. */
@NullMarked
package dev.pinfactory.router.llm;

import org.jspecify.annotations.NullMarked;
