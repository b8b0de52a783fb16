package dev.pinfactory.proto.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Contract;
import org.junit.jupiter.api.Test;

class ContractsPartTest {
    private static final Contract CODE =
            Contract.newBuilder().setId("code").setKind(Contract.Kind.CODE).build();
    private static final Contract MODEL =
            Contract.newBuilder().setId("model").setKind(Contract.Kind.MODEL).build();
    private static final Contract LANGUAGE_MODEL =
            Contract.newBuilder().setId("writer").setKind(Contract.Kind.LLM).build();

    @Test
    void aPartHasTheDigestsThatItWouldHaveByItself() {
        Contracts part = Contracts.of(CODE, MODEL, LANGUAGE_MODEL).withoutLanguageModels();
        Contracts alone = Contracts.of(CODE, MODEL);
        assertThat(part.all()).containsExactly(CODE, MODEL);
        assertThat(part.digest()).isEqualTo(alone.digest());
        assertThat(part.digestOf("code")).isEqualTo(alone.digestOf("code")).isPresent();
        assertThat(part.digestOf("writer")).isEmpty();
    }

    @Test
    void aPartIsWorkedOutOnce() {
        Contracts all = Contracts.of(CODE, MODEL, LANGUAGE_MODEL);
        assertThat(all.withoutLanguageModels()).isSameAs(all.withoutLanguageModels());
    }

    @Test
    void whatKeepsAllIsTheSame() {
        Contracts all = Contracts.of(CODE, MODEL);
        assertThat(all.withoutLanguageModels()).isSameAs(all);
        assertThat(all.only(contract -> true)).isSameAs(all);
    }
}
