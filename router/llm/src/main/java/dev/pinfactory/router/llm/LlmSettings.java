package dev.pinfactory.router.llm;

import dev.pinfactory.chat.ChatServer;
import dev.pinfactory.chat.Generation;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the planner talks to its language model, and what it may spend. Every bound is checked here, once.
 *
 * @param planConfidence the confidence that a validated plan of this model gets. A model does not know how often it is right; who has measured
 *     theirs puts the figure here.
 */
public record LlmSettings(
        ChatServer server, Generation generation, PromptLimits prompt, Budget budget, double planConfidence) {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public LlmSettings {
        require(planConfidence >= 0 && planConfidence <= 1, "plan-confidence is between 0 and 1");
    }

    /** A model that costs nothing but time, with bounds that suit models of 7 to 70 billion parameters. */
    public static LlmSettings of(URI baseUrl, String model) {
        return new LlmSettings(ChatServer.at(baseUrl), Generation.by(model), PromptLimits.DEFAULT, Budget.FREE, 0.75);
    }

    public LlmSettings withServer(ChatServer changed) {
        return new LlmSettings(changed, generation, prompt, budget, planConfidence);
    }

    public LlmSettings withGeneration(Generation changed) {
        return new LlmSettings(server, changed, prompt, budget, planConfidence);
    }

    public LlmSettings withPrompt(PromptLimits changed) {
        return new LlmSettings(server, generation, changed, budget, planConfidence);
    }

    public LlmSettings withBudget(Budget changed) {
        return new LlmSettings(server, generation, prompt, changed, planConfidence);
    }

    public LlmSettings withPlanConfidence(double changed) {
        return new LlmSettings(server, generation, prompt, budget, changed);
    }

    /**
     * What the model is shown at most.
     *
     * @param maxCards specialists
     * @param maxCardText code points of each text of a card
     * @param maxInputs inputs of the task; a task with more is refused, since a plan that leaves some out would look complete
     */
    public record PromptLimits(int maxCards, int maxCardText, int maxInputs) {
        /** 32 cards, 400 code points of each text, 50 inputs. */
        public static final PromptLimits DEFAULT = new PromptLimits(32, 400, 50);

        public PromptLimits {
            require(maxCards >= 1 && maxCards <= 256, "max-cards is 1 to 256");
            require(maxCardText >= 40 && maxCardText <= 4_000, "max-card-text is 40 to 4000");
            require(maxInputs >= 1 && maxInputs <= 1_000, "max-inputs is 1 to 1000");
        }
    }

    /**
     * What one plan may cost; the caller's ceiling for LLMs holds besides.
     *
     * @param maxTokens of all calls for one plan, prompt and answer, reckoned at their dearest
     * @param maxCost of the same calls at these prices; empty leaves it to the tokens and to the caller
     */
    public record Budget(
            long maxTokens,
            BigDecimal promptPricePer1k,
            BigDecimal completionPricePer1k,
            String currency,
            Optional<BigDecimal> maxCost) {
        /** 200,000 tokens without a price. */
        public static final Budget FREE = new Budget(200_000, BigDecimal.ZERO, BigDecimal.ZERO, "EUR");

        public Budget(long maxTokens, BigDecimal promptPricePer1k, BigDecimal completionPricePer1k, String currency) {
            this(maxTokens, promptPricePer1k, completionPricePer1k, currency, Optional.empty());
        }

        public Budget {
            require(maxTokens >= 1, "max-tokens of the budget is at least 1");
            require(promptPricePer1k.signum() >= 0, "prompt-price-per-1k is not negative");
            require(completionPricePer1k.signum() >= 0, "completion-price-per-1k is not negative");
            require(CURRENCY.matcher(currency).matches(), "currency '" + currency + "' is not an ISO 4217 code");
            require(maxCost.map(BigDecimal::signum).orElse(0) >= 0, "max-plan-cost is not negative");
            require(
                    maxCost.isEmpty() || promptPricePer1k.signum() + completionPricePer1k.signum() > 0,
                    "max-plan-cost without prices bounds nothing");
        }

        public boolean isFree() {
            return promptPricePer1k.signum() == 0 && completionPricePer1k.signum() == 0;
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("pinfactory.router.llm: " + rule);
        }
    }
}
