/** What the learner keeps: calls, examples, dead letters, trainings. One SQL for H2 and PostgreSQL. */
@NullMarked
package dev.pinfactory.specialists.training.store;

import org.jspecify.annotations.NullMarked;
