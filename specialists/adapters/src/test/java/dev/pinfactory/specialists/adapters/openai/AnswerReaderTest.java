package dev.pinfactory.specialists.adapters.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.specialists.adapters.server.MappingFile;
import dev.pinfactory.specialists.sdk.Inference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;

class AnswerReaderTest {
    private static final String TEXT = "👍 Anna met Ann in Graz, and Ann paid 12.50.";

    @TempDir
    Path directory;

    @Test
    void entitiesAreQuotesWithPlacesOfOurOwn() throws Exception {
        Artifact found = read("entities", "as: entities, labels: [PERSON, PLACE]", """
                [{"type": "PLACE", "text": "Graz"}, {"type": "PERSON", "text": "Ann"}, {"type": "PERSON", "text": "Ann"},
                 {"type": "PERSON", "text": "Anna"}, {"type": "PERSON", "text": "Ann"}]""");
        assertThat(found.getJson().getListValue().getValuesList())
                .extracting(each -> each.getStructValue().getFieldsMap())
                .extracting(
                        each -> each.get("type").getStringValue(),
                        each -> each.get("text").getStringValue(),
                        each -> (int) each.get("start").getNumberValue(),
                        each -> (int) each.get("end").getNumberValue())
                .containsExactly(
                        tuple("PERSON", "Anna", 2, 6),
                        tuple("PERSON", "Ann", 11, 14),
                        tuple("PLACE", "Graz", 18, 22),
                        tuple("PERSON", "Ann", 28, 31));
        assertThat(found.getLeaves(3).getEvidence(0).getSpan().getStart()).isEqualTo(28);
    }

    @Test
    void entitiesThatAreNoQuotesAreRefused() {
        refused(
                "entities",
                "as: entities, labels: [PERSON]",
                "[{\"type\": \"PERSON\", \"text\": \"Bob\"}]",
                "not in the data");
        refused(
                "entities",
                "as: entities, labels: [PERSON]",
                "[{\"type\": \"SPY\", \"text\": \"Ann\"}]",
                "none of the labels");
        refused(
                "entities",
                "as: entities, labels: [PERSON]",
                "[{\"type\": \"PERSON\", \"text\": \" \"}, 3]",
                "no string");
    }

    @Test
    void aHalfOfACharacterIsNoQuote() throws Exception {
        Artifact found = read("spans", "as: spans", "[{\"text\": \"\\udc4d\"}, {\"text\": \"👍\"}]");
        assertThat(found.getJson().getListValue().getValuesCount()).isEqualTo(1);
    }

    @Test
    void fieldsSayWhereTheyStand() throws Exception {
        Artifact fields = read("fields", "as: record, fields: [payer, total, tip]", """
                {"payer": "Ann", "total": "12.50", "tip": null}""");
        assertThat(fields.getLeavesList())
                .extracting(LeafNote::getPointer)
                .containsExactlyInAnyOrder("/payer", "/total");
        assertThat(fields.getLeavesList().stream()
                        .filter(leaf -> leaf.getPointer().equals("/total"))
                        .findFirst()
                        .orElseThrow()
                        .getEvidence(0)
                        .getSpan()
                        .getStart())
                .isEqualTo(37);
    }

    @Test
    void fieldsThatWereNotAskedForAreRefused() {
        refused("fields", "as: record, fields: [payer]", "{\"payer\": \"Ann\", \"iban\": \"AT1\"}", "not asked for");
        refused("fields", "as: record, fields: [payer]", "{\"payer\": [\"Ann\"]}", "breaks the types");
        refused("fields", "as: record, quoted: true", "{\"payer\": \"Bob\"}", "not in the data");
    }

    @Test
    void aScoreHasBounds() throws Exception {
        assertThat(read("score", "as: score, min: 0, max: 1", "0.25")
                        .getJson()
                        .getStructValue()
                        .getFieldsOrThrow("value")
                        .getNumberValue())
                .isEqualTo(0.25);
        refused("score", "as: score, min: 0, max: 1", "1.5", "within its bounds");
        refused("score", "as: score", "\"1\"", "within its bounds");
        refused("score", "as: score", "1e400", "within its bounds");
    }

    @Test
    void aTextIsAString() throws Exception {
        assertThat(read("text", "as: text", "\"fine\"").getText()).isEqualTo("fine");
        refused("text", "as: text", "{\"text\": \"fine\"}", "no string");
    }

    @Test
    void outputsAreOfTheirPortsType() {
        assertThatThrownBy(() -> read("score", "as: text", "\"x\"")).hasMessageContaining("outputs.out.as");
        assertThatThrownBy(() -> read("text", "as: entities, labels: [A]", "[]"))
                .hasMessageContaining("outputs.out.as");
    }

    private void refused(String type, String as, String member, String problem) {
        assertThatThrownBy(() -> read(type, as, member))
                .isInstanceOf(UnusableAnswer.class)
                .hasMessageContaining(problem);
    }

    private Artifact read(String type, String as, String member) throws Exception {
        try (TestingChat chat = new TestingChat()) {
            Path folder = chat.write(
                    directory,
                    TestingChat.CARD.replace("{name: mood, type: labels}", "{name: out, type: " + type + "}"),
                    "  outputs:\n    - {port: out, " + as + "}\n",
                    "");
            Card card = TestingChat.card(folder);
            ChatMapping mapping =
                    ChatMapping.read(MappingFile.load(folder.resolve("mapping.yaml"), new StandardEnvironment()));
            new CardRules(card.getContract()).check(mapping);
            return new AnswerReader(mapping, card.getContract())
                    .read("{\"out\": " + member + ", \"unsure\": false}", Inference.ofText("text", TEXT))
                    .outputs()
                    .getFirst();
        }
    }
}
