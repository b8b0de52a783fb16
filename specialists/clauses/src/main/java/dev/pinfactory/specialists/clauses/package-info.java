/** Tells unfair clauses from fair ones, and what a provision of a contract is about. */
@NullMarked
package dev.pinfactory.specialists.clauses;

import org.jspecify.annotations.NullMarked;
