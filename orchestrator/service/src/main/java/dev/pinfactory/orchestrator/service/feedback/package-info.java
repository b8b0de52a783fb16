/** What people say of ended tasks: corrections, verdicts on plans, and reviews. */
@NullMarked
package dev.pinfactory.orchestrator.service.feedback;

import org.jspecify.annotations.NullMarked;
