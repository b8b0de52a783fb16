package dev.pinfactory.router.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.chat.ApiKey;
import dev.pinfactory.chat.ChatServer;
import dev.pinfactory.chat.Generation;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LlmSettingsTest {
    private static final URI URL = URI.create("http://127.0.0.1:8000/v1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host/v1",
                "host:8000",
                "http:///v1",
                "http://user:key@host/v1",
                "http://host/v1?key=1",
                "http://host/#x"
            })
    void aBaseUrlIsPlain(String url) {
        refused(() -> ChatServer.at(URI.create(url)), "base-url");
    }

    @Test
    void everyBoundIsChecked() {
        LlmSettings settings = LlmSettings.of(URL, "m");
        refused(() -> settings.withPlanConfidence(1.1), "plan-confidence");
        refused(() -> new Generation(" ", 512, Generation.AnswerFormat.NONE), "model");
        refused(() -> new Generation("m", 1, Generation.AnswerFormat.NONE), "max-tokens");
        refused(() -> new LlmSettings.PromptLimits(0, 400, 50), "max-cards");
        refused(() -> new LlmSettings.PromptLimits(8, 4, 50), "max-card-text");
        refused(() -> new LlmSettings.PromptLimits(8, 400, 0), "max-inputs");
        refused(() -> new LlmSettings.Budget(1, BigDecimal.ONE.negate(), BigDecimal.ONE, "EUR"), "prompt-price");
        refused(() -> new LlmSettings.Budget(1, BigDecimal.ONE, BigDecimal.ONE.negate(), "EUR"), "completion-price");
        refused(() -> new LlmSettings.Budget(1, BigDecimal.ONE, BigDecimal.ONE, "euro"), "currency");
        refused(() -> budget(BigDecimal.ONE, BigDecimal.ONE.negate()), "max-plan-cost is not negative");
        refused(() -> budget(BigDecimal.ZERO, BigDecimal.ONE), "max-plan-cost without prices");
        refused(() -> server("X Key", Duration.ofSeconds(1), Duration.ofSeconds(1), 4_096, 1), "api-key-header");
        refused(() -> server("X-Key", Duration.ZERO, Duration.ofSeconds(1), 4_096, 1), "connect-timeout");
        refused(() -> server("X-Key", Duration.ofSeconds(1), Duration.ZERO, 4_096, 1), "request-timeout");
        refused(() -> server("X-Key", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1), "max-response");
        refused(() -> server("X-Key", Duration.ofSeconds(1), Duration.ofSeconds(1), 4_096, 0), "max-concurrent");
    }

    @Test
    void aKeyIsNeverPrinted() {
        ApiKey key = new ApiKey("sk-hidden");
        assertThat(key.toString()).doesNotContain("hidden");
        assertThatThrownBy(() -> new ApiKey("hidden\r\nX: y")).hasMessageNotContaining("hidden");
    }

    private static LlmSettings.Budget budget(BigDecimal price, BigDecimal most) {
        return new LlmSettings.Budget(1, price, BigDecimal.ZERO, "EUR", Optional.of(most));
    }

    private static ChatServer server(String header, Duration connect, Duration request, int bytes, int concurrent) {
        return new ChatServer(URL, header, Optional.empty(), connect, request, bytes, concurrent);
    }

    private static void refused(ThrowingCallable build, String names) {
        assertThatThrownBy(build).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(names);
    }
}
