package dev.pinfactory.router.planner.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.output.Field.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldTest {
    private static List<Field> fields(String port, String... examples) {
        Contract contract = Contract.newBuilder()
                .setId("waybill")
                .setSummary("Reads waybills.")
                .setDescription("Says who carries it, on which day, and the weight that was measured.")
                .addAllExamples(List.of(examples))
                .build();
        return Field.of(
                contract,
                Port.newBuilder()
                        .setName("waybill")
                        .setType("fields")
                        .setDescription(port)
                        .build(),
                Contracts.of(List.of()).types());
    }

    @Test
    void bracketsTellTheKindAndAsidesAreNoFields() {
        assertThat(fields("carrier, date (ISO 8601), weight (decimal string), as far as they are found."))
                .extracting(field -> field.name() + " " + field.kind())
                .containsExactly("carrier " + Kind.WORDS, "date " + Kind.DATE, "weight " + Kind.NUMBER);
    }

    @Test
    void aListThatDiffersInOneWordNamesThatFieldAgain() {
        Field carrier = fields("carrier, date (ISO 8601), weight", "Get haulier, date and weight of the load.")
                .getFirst();
        assertThat(carrier.also()).containsExactly("haulier");
    }

    @Test
    void aListOfOtherThingsNamesNothing() {
        assertThat(fields("carrier, date, weight", "Remove commas, dots and weight."))
                .allSatisfy(field -> assertThat(field.also()).isEmpty());
    }
}
