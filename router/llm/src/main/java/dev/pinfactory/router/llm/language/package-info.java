/** The small JSON language in which a language model writes plans: read strictly, then translated into the contracts' {@code Plan}. */
@NullMarked
package dev.pinfactory.router.llm.language;

import org.jspecify.annotations.NullMarked;
