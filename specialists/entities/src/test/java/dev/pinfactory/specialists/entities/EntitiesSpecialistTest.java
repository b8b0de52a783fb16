package dev.pinfactory.specialists.entities;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
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

class EntitiesSpecialistTest extends SpecialistBeanContract {
    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream stream = Objects.requireNonNull(EntitiesSpecialist.class.getResourceAsStream("model.bin"))) {
            model = new EntitiesSpecialist().load(ModelSource.of(stream));
        }
    }

    @Override
    protected Object specialist() {
        return new EntitiesSpecialist();
    }

    @Test
    void eachNameQuotesItsPlaceBehindAnEmoji() {
        String text = "😀 Flying from Berlin to Chicago with Justin Bieber";
        Artifact names = ((Answered) infer(text)).outputs().getFirst();
        assertThat(names.getJson().getListValue().getValuesCount()).isPositive();
        for (int i = 0; i < names.getJson().getListValue().getValuesCount(); i++) {
            Struct name = names.getJson().getListValue().getValues(i).getStructValue();
            Span span = names.getLeaves(i).getEvidence(0).getSpan();
            int start = text.offsetByCodePoints(0, span.getStart());
            int end = text.offsetByCodePoints(0, span.getEnd());
            assertThat(text.substring(start, end))
                    .isEqualTo(name.getFieldsOrThrow("text").getStringValue());
            assertThat(names.getLeaves(i).getConfidence()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void textsThatCannotBeReadAreTheCallersFault() {
        Failed blank = (Failed) infer(" ");
        assertThat(blank.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(blank.detail()).contains("'text'");
        assertThat(((Failed) infer("rain ".repeat(500))).detail()).contains("2500", "1000");
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }
}
