package dev.pinfactory.proto.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.TypeDeclaration;
import org.junit.jupiter.api.Test;

class ContractsTest {
    private static final Contract ONE = contract("one", "fields");
    private static final Contracts BOTH = Contracts.of(ONE, contract("two", "fields"));

    private static Contract contract(String id, String parent) {
        return Contract.newBuilder()
                .setId(id)
                .addTypes(TypeDeclaration.newBuilder().setName("acme/crate").setParent(parent))
                .build();
    }

    @Test
    void oneMoreJoinsTheOthers() {
        Contract three = Contract.newBuilder().setId("three").build();
        assertThat(BOTH.with(three).all()).extracting(Contract::getId).containsExactly("one", "three", "two");
        assertThat(BOTH.size()).isEqualTo(2);
        Contracts all = Contracts.of(three, ONE, contract("two", "fields"));
        assertThat(BOTH.with(three).digest()).isEqualTo(all.digest());
        assertThat(BOTH.with(three).digestOf("three")).isEqualTo(all.digestOf("three"));
    }

    @Test
    void oneOfTheSameIdTakesItsPlace() {
        Contract other = ONE.toBuilder().setSummary("Other words").build();
        Contracts with = BOTH.with(other);
        assertThat(with.find("one")).contains(other);
        assertThat(with.size()).isEqualTo(2);
        assertThat(with.digest()).isNotEqualTo(BOTH.digest());
        assertThat(with.with(ONE).digest()).isEqualTo(BOTH.digest());
    }

    @Test
    void typesHaveToAgree() {
        assertThatThrownBy(() -> BOTH.with(contract("three", "record")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acme/crate");
    }
}
