package dev.pinfactory.proto.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinReferenceTest {
    @Test
    void aNameAloneLeavesTheVersionOpen() {
        assertThat(PinReference.parse("expense-claim"))
                .contains(new PinReference("expense-claim", OptionalInt.empty()))
                .hasValueSatisfying(reference -> assertThat(reference).hasToString("expense-claim"));
    }

    @Test
    void aVersionFollowsTheAtSign() {
        assertThat(PinReference.parse("claim@12"))
                .contains(PinReference.of("claim", 12))
                .hasValueSatisfying(reference -> assertThat(reference).hasToString("claim@12"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Claim",
                "a b",
                "a--b",
                "-a",
                "a-",
                "a_b",
                "a/b",
                "ä",
                "a\n",
                "a@",
                "a@0",
                "a@01",
                "a@x",
                "@1",
                "a@1@2",
                "a@9999999999"
            })
    void whatIsNoReferenceIsNone(String text) {
        assertThat(PinReference.parse(text)).isEmpty();
    }

    @Test
    void aNameHasAtMost64Characters() {
        assertThat(PinReference.isName("a".repeat(64))).isTrue();
        assertThat(PinReference.parse("a".repeat(64) + "@999999999")).isPresent();
        assertThat(PinReference.isName("a".repeat(65))).isFalse();
        assertThat(PinReference.parse("a-".repeat(1 << 20))).isEmpty();
    }
}
