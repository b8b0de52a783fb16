package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.CostHint;
import dev.pinfactory.proto.v1.Version;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was spent, and what calls in flight will spend by their cost hints. */
final class Spending {
    private final Budget budget;
    private final Map<CallId, Reserved> reserved = new HashMap<>();
    private Cost spent = Cost.getDefaultInstance();
    /** For language models that were asked and never said what it cost. Held against the ceiling, and not told as a cost. */
    private BigDecimal unknown = BigDecimal.ZERO;

    private long calls;
    private long inputBytes;

    Spending(Budget budget) {
        this.budget = budget;
    }

    /**
     * Reserves what a call costs by its hint. Empty when it may be made, else why it may not.
     *
     * @param bytes of its inputs
     */
    Optional<String> reserve(CallId call, Contract contract, Version version, long bytes) {
        if (calls >= budget.maxCalls()) {
            return Optional.of("the task may make " + budget.maxCalls() + " calls");
        }
        if (inputBytes + bytes > budget.maxInputBytes()) {
            return Optional.of("the task may send " + budget.maxInputBytes() + " bytes to specialists, " + inputBytes
                    + " are sent and this call has " + bytes);
        }
        if (budget.cpuSeconds().isEmpty() && budget.llm().isEmpty()) {
            // Nothing is asked of the hints, so nothing has to be kept of them.
            calls++;
            inputBytes += bytes;
            return Optional.empty();
        }
        Reserved wanted = new Reserved(cpuSeconds(version.getCost()), llm(contract, version.getCost()));
        if (budget.cpuSeconds().isPresent()) {
            double used = Costs.seconds(spent) + reservedCpuSeconds();
            double ceiling = budget.cpuSeconds().getAsDouble();
            if (used >= ceiling || used + wanted.cpuSeconds > ceiling) {
                return Optional.of("the task may use " + ceiling + " processor seconds, " + used + " are used");
            }
        }
        if (budget.llm().isPresent() && contract.getKind() == Contract.Kind.LLM) {
            Optional<String> refused = refuseLlm(budget.llm().get(), wanted.llm, version.getCost());
            if (refused.isPresent()) {
                return refused;
            }
        }
        calls++;
        inputBytes += bytes;
        reserved.put(call, wanted);
        return Optional.empty();
    }

    /** A call that was reserved ended, with what it said it cost. */
    void settle(CallId call, Cost cost) {
        reserved.remove(call);
        spent = Costs.plus(spent, cost);
    }

    /**
     * A call that was reserved ended without an answer.
     *
     * @param worked whether it may have cost something all the same
     */
    void lost(CallId call, boolean worked) {
        Reserved lost = reserved.remove(call);
        if (lost != null && worked) {
            unknown = unknown.add(lost.llm);
        }
    }

    /** A journaled step's cost and calls. */
    void replay(Cost cost, int journaledCalls) {
        spent = Costs.plus(spent, cost.toBuilder().clearCalls().build());
        calls += journaledCalls;
    }

    Cost total() {
        return spent.toBuilder().setCalls(calls).build();
    }

    private Optional<String> refuseLlm(BigDecimal ceiling, BigDecimal wanted, CostHint hint) {
        boolean otherCurrency =
                hint.hasPerCall() && !hint.getPerCall().getCurrency().equals(budget.llmCurrency());
        if (otherCurrency) {
            return Optional.of(
                    "it is paid in " + hint.getPerCall().getCurrency() + ", the ceiling is in " + budget.llmCurrency());
        }
        BigDecimal used = Costs.llm(spent, budget.llmCurrency()).add(unknown);
        for (Reserved each : reserved.values()) {
            used = used.add(each.llm);
        }
        boolean tooMuch = used.compareTo(ceiling) >= 0 || used.add(wanted).compareTo(ceiling) > 0;
        String money = " " + budget.llmCurrency();
        return tooMuch
                ? Optional.of("the task may spend " + ceiling.toPlainString() + money + ", " + used.toPlainString()
                        + money + " are spent")
                : Optional.empty();
    }

    private double reservedCpuSeconds() {
        return reserved.values().stream().mapToDouble(Reserved::cpuSeconds).sum();
    }

    private static double cpuSeconds(CostHint hint) {
        return Double.isFinite(hint.getCpuSeconds()) ? Math.max(0, hint.getCpuSeconds()) : 0;
    }

    private static BigDecimal llm(Contract contract, CostHint hint) {
        boolean paid = contract.getKind() == Contract.Kind.LLM && hint.hasPerCall();
        return paid ? Costs.amount(hint.getPerCall()).orElse(BigDecimal.ZERO) : BigDecimal.ZERO;
    }

    private record Reserved(double cpuSeconds, BigDecimal llm) {}
}
