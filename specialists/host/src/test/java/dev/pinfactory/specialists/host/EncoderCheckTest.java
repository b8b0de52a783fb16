package dev.pinfactory.specialists.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.v1.Card;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderCheckTest {
    @Test
    void aCardMadeForThisEncoderPasses() {
        assertThatCode(() -> EncoderCheck.check(List.of(using("encoder@sha256:1")), () -> "encoder@sha256:1"))
                .doesNotThrowAnyException();
    }

    @Test
    void aCardMadeForAnotherEncoderStopsTheStart() {
        assertThatThrownBy(() -> EncoderCheck.check(List.of(using("encoder@sha256:1")), () -> "encoder@sha256:2"))
                .hasMessageContaining("uses encoder@sha256:1")
                .hasMessageContaining("encoder@sha256:2");
    }

    @Test
    void theEncoderIsNotAskedForWhereNobodyUsesIt() {
        assertThatCode(() -> EncoderCheck.check(List.of(Card.getDefaultInstance()), () -> {
                    throw new AssertionError("loaded");
                }))
                .doesNotThrowAnyException();
    }

    private static Card using(String encoder) {
        Card.Builder card = Card.newBuilder();
        card.getContractBuilder().setId("intent");
        card.getVersionBuilder().setNumber("1.0.0").getRuntimeBuilder().addUses(encoder);
        return card.build();
    }
}
