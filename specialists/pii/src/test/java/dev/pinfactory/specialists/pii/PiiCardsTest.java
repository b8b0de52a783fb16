package dev.pinfactory.specialists.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.specialists.sdk.serving.AnnotatedSpecialist;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cards are valid, and only what redacts clears the data class. */
class PiiCardsTest {
    @Test
    void onlyTheRedactedTextIsFreeOfPersonalData() {
        Contract find = contract(new PiiSpecialist());
        Contract redact = contract(new PiiRedactSpecialist());

        assertThat(find.getClearsDataClassesList()).isEmpty();
        assertThat(redact.getClearsDataClassesList()).containsExactly("personal");
        assertThat(List.of(find, redact))
                .allMatch(contract -> contract.getDetectsDataClassesList().equals(List.of("personal")))
                .allMatch(contract -> contract.getExamplesCount() >= 5);
    }

    private static Contract contract(Object specialist) {
        return AnnotatedSpecialist.define(specialist).card().getContract();
    }
}
