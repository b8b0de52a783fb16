package dev.pinfactory.specialists.slots;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsSpecialistTest extends SpecialistBeanContract {
    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream stream = Objects.requireNonNull(SlotsSpecialist.class.getResourceAsStream("model.bin"))) {
            model = new SlotsSpecialist().load(ModelSource.of(stream));
        }
    }

    @Override
    protected Object specialist() {
        return new SlotsSpecialist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Will it rain in Paris tomorrow?              | GetWeather     | city      | Paris
                    Book a table for six people in Chicago       | BookRestaurant | city      | Chicago
                    Play some music by Miles Davis               | PlayMusic      | artist    | Miles Davis
                    Give this novel 4 out of 6 stars             | RateBook       | rating_value | 4
                    """)
    void readsIntentAndParameters(String text, String intent, String type, String value) {
        List<Artifact> outputs = ((Answered) infer(text)).outputs();
        assertThat(outputs.getFirst()
                        .getJson()
                        .getStructValue()
                        .getFieldsOrThrow("label")
                        .getStringValue())
                .isEqualTo(intent);
        assertThat(outputs.get(1).getJson().getListValue().getValuesList())
                .extracting(Value::getStructValue)
                .anySatisfy(slot -> {
                    assertThat(slot.getFieldsOrThrow("type").getStringValue()).isEqualTo(type);
                    assertThat(slot.getFieldsOrThrow("text").getStringValue()).isEqualTo(value);
                });
    }

    @Test
    void eachSlotQuotesItsPlaceBehindAnEmoji() {
        String text = "😀 Will it rain in Paris tomorrow?";
        Artifact slots = ((Answered) infer(text)).outputs().get(1);
        assertThat(slots.getJson().getListValue().getValuesCount()).isPositive();
        for (int i = 0; i < slots.getJson().getListValue().getValuesCount(); i++) {
            Struct slot = slots.getJson().getListValue().getValues(i).getStructValue();
            Span span = slots.getLeaves(i).getEvidence(0).getSpan();
            int start = text.offsetByCodePoints(0, span.getStart());
            int end = text.offsetByCodePoints(0, span.getEnd());
            assertThat(text.substring(start, end))
                    .isEqualTo(slot.getFieldsOrThrow("text").getStringValue());
            assertThat(slots.getLeaves(i).getConfidence()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void textsThatAreNoRequestAreTheCallersFault() {
        Failed blank = (Failed) infer(" ");
        assertThat(blank.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(blank.detail()).contains("'text'");
        assertThat(((Failed) infer("rain ".repeat(500))).detail()).contains("2500", "2000");
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }
}
