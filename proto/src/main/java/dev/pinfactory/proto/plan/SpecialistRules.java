package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Report.quoted;

import dev.pinfactory.proto.error.Expected;
import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import java.util.Optional;

/** Whether a specialist is there, is the one that was meant, and may run for this task. */
final class SpecialistRules {
    private SpecialistRules() {}

    /** @param contract of that specialist, where the catalogue has one */
    static void check(
            PlanContext context,
            String step,
            String field,
            String specialist,
            String digest,
            Optional<Contract> contract) {
        if (contract.isEmpty()) {
            context.report.add(
                    step,
                    field,
                    Rule.UNKNOWN_SPECIALIST,
                    "no specialist " + quoted(specialist) + " is in the catalogue; "
                            + Expected.oneOf(context.contracts.all().stream()
                                    .map(Contract::getId)
                                    .toList()));
            return;
        }
        String known = context.contracts.digestOf(specialist).orElse("");
        if (!known.equals(digest)) {
            String came = digest.isEmpty() ? "no contract digest" : "contract digest " + quoted(digest);
            context.report.add(
                    step,
                    field,
                    Rule.CONTRACT_DIGEST,
                    "the plan has " + came + " for " + quoted(specialist) + "; the catalogue has " + known);
        }
        Constraints constraints = context.task.constraints();
        boolean allowed = constraints.getAllowedSpecialistsCount() == 0
                || constraints.getAllowedSpecialistsList().contains(specialist);
        if (!allowed || constraints.getExcludedSpecialistsList().contains(specialist)) {
            context.report.add(
                    step, field, Rule.NOT_ALLOWED, "the task's constraints do not allow " + quoted(specialist));
        }
        if (contract.get().getKind() == Contract.Kind.LLM && !constraints.getMayEscalate()) {
            context.report.add(
                    step,
                    field,
                    Rule.NOT_ALLOWED,
                    quoted(specialist) + " is a large language model and the task may not escalate");
        }
    }
}
