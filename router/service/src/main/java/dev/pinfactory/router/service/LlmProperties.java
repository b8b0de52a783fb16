package dev.pinfactory.router.service;

import dev.pinfactory.chat.ApiKey;
import dev.pinfactory.chat.ChatServer;
import dev.pinfactory.chat.Generation;
import dev.pinfactory.chat.Generation.AnswerFormat;
import dev.pinfactory.router.llm.LlmSettings;
import dev.pinfactory.router.llm.LlmSettings.Budget;
import dev.pinfactory.router.llm.LlmSettings.PromptLimits;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings {@code pinfactory.router.llm.*}. Without a base URL there is no LLM planner, and nothing is ever escalated to one.
 *
 * @param baseUrl of an OpenAI-compatible server, up to and including the version, such as {@code http://127.0.0.1:8000/v1}
 * @param model as the server calls it
 * @param apiKey sent with every request; best given by an environment variable
 * @param apiKeyHeader {@code Authorization} gets {@code Bearer} and the key; any other header the key alone
 * @param connectTimeout to reach the server
 * @param requestTimeout of one answer
 * @param maxResponse reading an answer stops there
 * @param maxConcurrent requests beyond it are not made
 * @param maxTokens of one answer
 * @param format how the server is told to answer in JSON
 * @param maxCards specialists that the model is shown
 * @param maxPlanTokens of all calls for one plan
 * @param promptPricePer1k price of 1,000 tokens of prompt
 * @param completionPricePer1k price of 1,000 tokens of answer
 * @param currency of the prices, ISO 4217
 * @param maxPlanCost of all calls for one plan at these prices, as an amount in that currency; the task's own ceiling holds besides
 * @param planConfidence confidence of its validated plans
 */
@ConfigurationProperties("pinfactory.router.llm")
public record LlmProperties(
        @Nullable URI baseUrl,
        @DefaultValue("default") String model,
        @Nullable String apiKey,
        @DefaultValue("Authorization") String apiKeyHeader,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("60s") Duration requestTimeout,
        @DefaultValue("512KB") DataSize maxResponse,
        @DefaultValue("4") int maxConcurrent,
        @DefaultValue("4096") int maxTokens,
        @DefaultValue("json-schema") AnswerFormat format,
        @DefaultValue("32") int maxCards,
        @DefaultValue("200000") long maxPlanTokens,
        @DefaultValue("0") BigDecimal promptPricePer1k,
        @DefaultValue("0") BigDecimal completionPricePer1k,
        @DefaultValue("EUR") String currency,
        @Nullable BigDecimal maxPlanCost,
        @DefaultValue("0.75") double planConfidence) {

    /** One question and one repair. */
    private static final int QUESTIONS = 2;

    /** How long a plan may take that is escalated. */
    Duration longestAnswer() {
        return requestTimeout.multipliedBy(QUESTIONS);
    }

    Optional<LlmSettings> settings() {
        if (baseUrl == null) {
            return Optional.empty();
        }
        URI url = baseUrl;
        ChatServer server = named(() -> new ChatServer(
                url,
                apiKeyHeader,
                Optional.ofNullable(apiKey).map(ApiKey::new),
                connectTimeout,
                requestTimeout,
                Math.toIntExact(maxResponse.toBytes()),
                maxConcurrent));
        Budget budget = new Budget(
                maxPlanTokens, promptPricePer1k, completionPricePer1k, currency, Optional.ofNullable(maxPlanCost));
        return Optional.of(LlmSettings.of(baseUrl, model)
                .withServer(server)
                .withGeneration(named(() -> new Generation(model, maxTokens, format)))
                .withPrompt(new PromptLimits(
                        maxCards, PromptLimits.DEFAULT.maxCardText(), PromptLimits.DEFAULT.maxInputs()))
                .withBudget(budget)
                .withPlanConfidence(planConfidence));
    }

    /** The chat's own messages name the setting, and not whose it is. */
    private static <T> T named(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pinfactory.router.llm: " + e.getMessage(), e);
        }
    }
}
