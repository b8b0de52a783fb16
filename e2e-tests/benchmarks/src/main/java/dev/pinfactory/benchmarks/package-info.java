/** What the engine adds to a task, against hand-written code and another orchestrator. */
@NullMarked
package dev.pinfactory.benchmarks;

import org.jspecify.annotations.NullMarked;
