package dev.pinfactory.proto.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardReaderTest {
    static final String CARD = """
            contract:
              id: receipt-fields
              capability: extract.receipt
              summary: Reads company, date and total from the text of a receipt
              kind: MODEL
              languages: [en, no]
              examples:
                - What did we pay in total?
              counterExamples:
                - Pay the bill.
              inputs:
                - {name: text, type: text}
              outputs:
                - {name: fields, type: acme/receipt}
              parameters:
                - {name: style, kind: ENUM, allowedValues: [short, long], defaultValue: short}
              types:
                - name: acme/receipt
                  parent: fields
                  json_schema:
                    type: object
                    properties: {total: {type: string}}
            version:
              number: 1.10
              evaluations:
                - {dataset: receipts, split: validation, metric: f1, value: 0.91, n: 100}
            """;

    @Test
    void aCardIsReadFromYaml() {
        Card card = CardReader.readOne(CARD);
        assertThat(card.getContract().getKind()).isEqualTo(Contract.Kind.MODEL);
        assertThat(card.getContract().getCounterExamplesList()).containsExactly("Pay the bill.");
        assertThat(card.getContract().getParameters(0).getKind()).isEqualTo(Parameter.Kind.ENUM);
        assertThat(card.getVersion().getEvaluations(0).getValue()).isEqualTo(0.91);
    }

    @Test
    void textsStayAsTheyAreWritten() {
        Card card = CardReader.readOne(CARD);
        assertThat(card.getVersion().getNumber()).isEqualTo("1.10");
        assertThat(card.getContract().getLanguagesList()).containsExactly("en", "no");
    }

    @Test
    void listsOfCardsAreReadInYamlAndJson() {
        String yaml = "- " + CARD.replace("\n", "\n  ").strip() + "\n";
        assertThat(CardReader.read(yaml)).hasSize(1);
        String json = """
                [{"contract": {"id": "a", "capability": "do.a", "summary": "A", "kind": "CODE",
                  "outputs": [{"name": "out", "type": "text"}]}, "version": {"number": "1"}}]
                """;
        assertThat(CardReader.read(json).getFirst().getContract().getId()).isEqualTo("a");
    }

    @Test
    void toolListsOfTheBenchmarkFormatBecomeContracts() {
        String tools = """
                [{"id": "Image Search (by Image)", "desc": "Finds images. Uses an image.", "input_types": ["image", "image"],
                  "output_types": ["Image"], "parameters": [], "domain": "ignored"},
                 {"id": "URL Extractor", "desc": "Extracts URL from text", "input_types": ["text"], "output_types": ["url"]},
                 {"id": "book_flight", "desc": "Books", "input_types": [], "output_types": [],
                  "parameters": [{"name": "from", "type": "string", "desc": "Airport"}, "to"]}]
                """;
        List<Card> cards = CardReader.read(tools);
        Contracts contracts = Contracts.of(cards.stream().map(Card::getContract).toList());
        Contract search = contracts.find("Image Search (by Image)").orElseThrow();
        assertThat(search.getSummary()).isEqualTo("Finds images.");
        assertThat(search.getInputsList()).extracting("name").containsExactly("image", "image_2");
        assertThat(search.getOutputs(0).getType()).isEqualTo("image");
        assertThat(contracts.types().isKnown("url")).isTrue();
        assertThat(contracts.types().isAssignable("url", "text")).isFalse();
        assertThat(contracts.find("book_flight").orElseThrow().getParametersList())
                .extracting(Parameter::getName)
                .containsExactly("from", "to");
    }

    @Test
    void anUnknownFieldIsNamedWithItsPath() {
        assertThat(violations(CARD.replace("{name: text, type: text}", "{name: text, typ: text}")))
                .extracting(FieldViolation::field)
                .containsExactly("contract.inputs[0].typ");
    }

    @Test
    void columnsBelongToTables() {
        assertThat(CardReader.readOne(CARD.replace(
                                "{name: text, type: text}", "{name: text, type: table, columns: [age, no]}"))
                        .getContract()
                        .getInputs(0)
                        .getColumnsList())
                .containsExactly("age", "no");
        assertThat(violations(CARD.replace("{name: text, type: text}", "{name: text, type: text, columns: [age]}")))
                .extracting(FieldViolation::field)
                .containsExactly("contract.inputs[0].columns");
        assertThat(violations(CARD.replace("{name: text, type: text}", "{name: text, type: table, columns: ['']}")))
                .extracting(FieldViolation::field)
                .containsExactly("contract.inputs[0].columns[0]");
    }

    @Test
    void allViolationsAreReportedAtOnce() {
        String card = CARD.replace("id: receipt-fields", "id: Receipt Fields")
                .replace("capability: extract.receipt", "capability: Extract!")
                .replace("parent: fields", "parent: nothing")
                .replace("defaultValue: short", "defaultValue: tiny")
                .replace("- Pay the bill.", "- ''")
                .replace("value: 0.91", "value: .nan");
        assertThat(violations(CARD.replace("languages: [en, no]", "languages: [english!]")))
                .extracting(FieldViolation::field)
                .containsExactly("contract.languages[0]");
        assertThat(violations(card.replace("value: .nan", "value: 1")))
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder(
                        "contract.id",
                        "contract.capability",
                        "contract.counter_examples[0]",
                        "contract.parameters[0].default_value",
                        "contract.types[0].parent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "just words",
                "[]",
                "a: &a [1]\nb: *a",
                "a: &a {b: *a}",
                "contract: {id: a, id: b}",
                "contract: !!java.net.URL [\"http://localhost\"]",
                "? [a]\n: b",
                "contract: [1, 2]",
                "contract: {id: {a: b}}",
                "contract: {kind: NOTHING}",
                "{{{{",
                "- id: x\n  desc: y\n- 5",
                "- id: x\n  desc: y\n  input_types: text",
                "---\na: b\n---\nc: d",
                "contract: {types: [{name: a/b, parent: a/b}]}"
            })
    void badTextsAreRefusedAsCards(String text) {
        assertThat(violations(text)).isNotEmpty();
    }

    @Test
    void bombsAreRefused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(violations(laughs.toString())).isNotEmpty();
        assertThat(violations("[".repeat(100_000))).isNotEmpty();
        assertThat(violations("{a: ".repeat(100_000))).isNotEmpty();
        assertThat(violations("a".repeat(SafeYaml.MAX_BYTES + 1))).isNotEmpty();
    }

    private static List<FieldViolation> violations(String text) {
        PinfactoryException[] caught = new PinfactoryException[1];
        assertThatThrownBy(() -> CardReader.read(text)).isInstanceOfSatisfying(PinfactoryException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CARD_INVALID);
            caught[0] = e;
        });
        return caught[0].violations();
    }

    @Test
    void whatIsNoDurationIsNamed() {
        Card.Builder card = CardReader.readOne(CARD).toBuilder();
        card.getVersionBuilder()
                .getCostBuilder()
                .setP50(Duration.newBuilder().setSeconds(Long.MAX_VALUE))
                .setP99(Duration.newBuilder().setSeconds(-1));
        assertThat(CardValidator.strict().validateAll(List.of(card.build())))
                .extracting(FieldViolation::field)
                .containsExactly("version.cost.p50", "version.cost.p99");
    }
}
