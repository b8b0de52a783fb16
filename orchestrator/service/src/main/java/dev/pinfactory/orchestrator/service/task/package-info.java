/** Where every task comes in, and every plan that is to be pinned: checked, given a tenant, admitted, and made one with its repeats. */
@NullMarked
package dev.pinfactory.orchestrator.service.task;

import org.jspecify.annotations.NullMarked;
