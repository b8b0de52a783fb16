package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.plan.PlanDiff;
import dev.pinfactory.proto.plan.PlanDifference;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Plan;
import java.nio.file.Path;
import java.util.List;

/**
 * A plan beside another.
 *
 * @param instruction that it was made for; empty where it is not known
 */
record ComparedPlan(Plan plan, String instruction) {
    static ComparedPlan of(PinnedPlan pinned) {
        return new ComparedPlan(pinned.getPlan(), pinned.getInstruction());
    }

    /** A file as {@code pin plan --json}, {@code pin plan show --json} or {@code pin run --json} writes it. */
    static ComparedPlan read(Path file) {
        Struct.Builder content = Struct.newBuilder();
        Plan.Builder plan = Plan.newBuilder();
        try {
            JsonFormat.parser().merge(TaskOptions.readText(file), content);
            var inside = content.getFieldsMap().get("plan");
            JsonFormat.parser().merge(JsonFormat.printer().print(inside == null ? content.build() : inside), plan);
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            if (e instanceof UsageException usage) {
                throw usage;
            }
            throw new UsageException("'" + file + "' is not a plan as JSON: " + e.getMessage());
        }
        if (plan.getStepsCount() == 0) {
            throw new UsageException("'" + file + "' has no plan: expected steps");
        }
        var instruction = content.getFieldsMap().get("instruction");
        return new ComparedPlan(plan.build(), instruction == null ? "" : instruction.getStringValue());
    }

    /** Where the other plan differs; of two instructions one will do. */
    List<PlanDifference> against(ComparedPlan other) {
        return PlanDiff.between(
                plan,
                instruction.isEmpty() ? other.instruction : instruction,
                other.plan,
                other.instruction.isEmpty() ? instruction : other.instruction);
    }
}
