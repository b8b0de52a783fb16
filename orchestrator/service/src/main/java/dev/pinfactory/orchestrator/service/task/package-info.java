/** Where every task comes in: checked, given a tenant, admitted, and made one with its repeats. */
@NullMarked
package dev.pinfactory.orchestrator.service.task;

import org.jspecify.annotations.NullMarked;
