package dev.pinfactory.specialists.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class LabelledRequestTest {
    private static Optional<LabelledRequest> read(String json) {
        return LabelledRequest.of(JsonMapper.builder().build().readTree(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": \"play Help\"}",
                "{\"text\": \"play Help\", \"label\": null, \"slots\": null}",
                "{\"text\": \"play Help\", \"label\": \"\", \"slots\": []}"
            })
    void whatIsMissingNullOrBlankIsNoGold(String line) {
        assertThat(read(line)).isEmpty();
    }

    @Test
    void aRequestMayHaveNoParameters() {
        assertThat(read("{\"text\": \"stop\", \"label\": \"Stop\", \"slots\": []}")
                        .orElseThrow()
                        .slots())
                .isEmpty();
    }
}
