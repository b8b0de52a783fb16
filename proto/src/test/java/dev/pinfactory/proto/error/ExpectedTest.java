package dev.pinfactory.proto.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpectedTest {
    @Test
    void namesWhatIsKnownInOrder() {
        assertThat(Expected.oneOf(List.of("pii", "intent", "pii"))).isEqualTo("expected one of intent, pii");
        assertThat(Expected.oneOf(List.of())).isEqualTo("there is none");
    }

    @Test
    void namesNoMoreThanSomebodyReads() {
        List<String> many =
                IntStream.range(1_000, 2_000).mapToObj(id -> "tool-" + id).toList();
        assertThat(Expected.oneOf(many))
                .startsWith("expected one of tool-1000, tool-1001")
                .endsWith(" and 980 more")
                .hasSizeLessThan(300);
    }
}
