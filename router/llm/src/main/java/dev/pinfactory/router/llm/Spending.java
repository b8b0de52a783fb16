package dev.pinfactory.router.llm;

import dev.pinfactory.chat.Usage;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Cost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What one plan has cost so far, and whether the next call fits. A call is let through only if its dearest outcome does: as many prompt tokens as the
 * prompt has bytes, since a tokenizer that falls back to bytes makes no more, and as many tokens of answer as it may have. One thread.
 */
final class Spending {
    private static final BigDecimal PER = BigDecimal.valueOf(1_000);
    private static final int DECIMALS = 6;

    private final LlmSettings.Budget budget;
    private final int maxAnswerTokens;
    private final Optional<Amount> ceiling;
    private long promptTokens;
    private long answerTokens;
    private long calls;
    private long bytesOut;
    private long bytesIn;

    Spending(LlmSettings settings, Constraints constraints) {
        this.budget = settings.budget();
        this.maxAnswerTokens = settings.generation().maxTokens();
        this.ceiling = constraints.getCostCeiling().hasLlm()
                ? Optional.of(constraints.getCostCeiling().getLlm())
                : Optional.empty();
    }

    /** Why a call with this prompt may not be made; empty if it may. */
    Optional<String> refuses(String body) {
        long prompt = promptTokens + bound(body);
        long answer = answerTokens + maxAnswerTokens;
        if (prompt + answer > budget.maxTokens()) {
            return Optional.of("a call of up to " + (prompt + answer) + " tokens in all is over the budget of "
                    + budget.maxTokens());
        }
        return budget.isFree() ? Optional.empty() : tooDear(price(prompt, answer));
    }

    private Optional<String> tooDear(BigDecimal most) {
        Optional<BigDecimal> passed = budget.maxCost().filter(limit -> most.compareTo(limit) > 0);
        if (passed.isPresent()) {
            return Optional.of(over(most, "the budget of " + passed.get().toPlainString()));
        }
        if (ceiling.isEmpty()) {
            return Optional.empty();
        }
        if (!ceiling.get().getCurrency().equals(budget.currency())) {
            return Optional.of("the cost ceiling is in " + ceiling.get().getCurrency() + " and the prices are in "
                    + budget.currency());
        }
        return decimal(ceiling.get())
                        .filter(limit -> most.compareTo(limit) <= 0)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(
                        over(most, "the task's ceiling of " + ceiling.get().getValue()));
    }

    private String over(BigDecimal most, String limit) {
        return "a call may bring the cost to " + most.toPlainString() + " " + budget.currency() + ", over " + limit;
    }

    /** A call whose tokens the server has counted. */
    void counted(String body, Usage usage, int answerBytes) {
        call(body, answerBytes);
        promptTokens += usage.promptTokens();
        answerTokens += usage.answerTokens();
    }

    /** A call that may have been worked on, and nobody knows how much. */
    void uncounted(String body, int answerBytes) {
        call(body, answerBytes);
        promptTokens += bound(body);
        answerTokens += maxAnswerTokens;
    }

    /** A call that the server did not take. */
    void refused(String body) {
        call(body, 0);
    }

    /** All so far; the amount is left out where nothing has a price. */
    Cost cost() {
        Cost.Builder cost = Cost.newBuilder()
                .setCalls(calls)
                .setBytesOut(bytesOut)
                .setBytesIn(bytesIn)
                .setLlmTokens(promptTokens + answerTokens);
        if (!budget.isFree()) {
            cost.setLlm(Amount.newBuilder()
                    .setValue(price(promptTokens, answerTokens).toPlainString())
                    .setCurrency(budget.currency()));
        }
        return cost.build();
    }

    private void call(String body, int answerBytes) {
        calls++;
        bytesOut += bound(body);
        bytesIn += answerBytes;
    }

    private BigDecimal price(long prompt, long answer) {
        return budget.promptPricePer1k()
                .multiply(BigDecimal.valueOf(prompt))
                .add(budget.completionPricePer1k().multiply(BigDecimal.valueOf(answer)))
                .divide(PER, DECIMALS, RoundingMode.UP);
    }

    private static long bound(String body) {
        return body.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Optional<BigDecimal> decimal(Amount amount) {
        try {
            return Optional.of(new BigDecimal(amount.getValue()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
