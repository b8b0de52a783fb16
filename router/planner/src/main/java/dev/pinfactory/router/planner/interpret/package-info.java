/** What an instruction asks for: its clauses, their order, conditions and negations. Knows English grammar and no specialist. */
@NullMarked
package dev.pinfactory.router.planner.interpret;

import org.jspecify.annotations.NullMarked;
