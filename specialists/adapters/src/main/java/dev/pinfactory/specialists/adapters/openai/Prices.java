package dev.pinfactory.specialists.adapters.openai;

import dev.pinfactory.chat.ChatMessage;
import dev.pinfactory.chat.Usage;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Cost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** What calls cost, by the tokens that the server counts; where it counts none, as dear as it can be. */
final class Prices {
    private static final BigDecimal PER = BigDecimal.valueOf(1_000);
    private static final int DECIMALS = 6;
    /** What a chat template puts around two messages. */
    private static final int TEMPLATE_TOKENS = 64;

    private final ChatMapping mapping;

    Prices(ChatMapping mapping) {
        this.mapping = mapping;
    }

    Cost of(List<ChatMessage> question, Optional<Usage> usage) {
        Usage tokens = usage.orElseGet(() -> most(ChatMessage.bytes(question)));
        Cost.Builder cost = Cost.newBuilder().setLlmTokens(tokens.promptTokens() + tokens.answerTokens());
        amount(tokens).ifPresent(cost::setLlm);
        return cost.build();
    }

    /** Of the longest question with the longest answer; empty where nothing has a price. */
    Optional<Amount> dearest(long longestQuestion) {
        return amount(most(longestQuestion));
    }

    /** A tokenizer that falls back to bytes makes no more tokens than there are bytes. */
    private Usage most(long bytes) {
        return new Usage(bytes + TEMPLATE_TOKENS, mapping.maxTokens());
    }

    private Optional<Amount> amount(Usage tokens) {
        if (mapping.promptPricePer1k().signum() == 0
                && mapping.completionPricePer1k().signum() == 0) {
            return Optional.empty();
        }
        BigDecimal price = mapping.promptPricePer1k()
                .multiply(BigDecimal.valueOf(tokens.promptTokens()))
                .add(mapping.completionPricePer1k().multiply(BigDecimal.valueOf(tokens.answerTokens())))
                .divide(PER, DECIMALS, RoundingMode.UP);
        return Optional.of(Amount.newBuilder()
                .setValue(price.toPlainString())
                .setCurrency(mapping.currency())
                .build());
    }
}
