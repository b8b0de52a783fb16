package dev.pinfactory.specialists.documenttype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTypeSpecialistTest extends SpecialistBeanContract {
    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        model = new DocumentTypeSpecialist().load(ModelSource.of(shipped()));
    }

    @Override
    protected Object specialist() {
        return new DocumentTypeSpecialist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    INVOICE 77. Bill to Mr Hall. 3 h repair 180.00. VAT 20 % 36.00. Total due 216.00 within 14 days   | invoice
                    Delivery note. Your order 12. 3 cartons, gross weight 12 kg. Goods received in good condition     | delivery-note
                    Dear Mr Hall, thank you for your letter. We regret that we cannot help. Yours sincerely, M. Stone | letter
                    Curriculum vitae. Work experience 2012 - 2018 teacher. Education: BA, Leeds. Languages: French    | cv
                    """)
    void tellsTheKind(String text, String kind) {
        var answer = ((Answered) infer(text)).outputs().getFirst();
        assertThat(answer.getJson().getStructValue().getFieldsOrThrow("label").getStringValue())
                .isEqualTo(kind);
        assertThat(answer.getConfidence()).isGreaterThan(DocumentTypeModel.FLOOR);
    }

    @Test
    void whatIsNoneOfTheKindsIsLeftToOthers() {
        Abstained abstained = (Abstained) infer("The river froze that winter, and the children skated to school.");
        assertThat(abstained.bestGuess()).hasSize(1);
    }

    @Test
    void aBlankTextIsTheCallersFault() {
        assertThat(((Failed) infer(" \n ")).detail()).contains("'text'");
    }

    @Test
    void aModelThatIsCutOffIsRefused() throws IOException {
        byte[] bytes = shipped().readAllBytes();
        assertThatThrownBy(() -> new DocumentTypeSpecialist().load(ModelSource.of(Arrays.copyOf(bytes, 5_000))))
                .isInstanceOf(IOException.class);
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }

    private static InputStream shipped() {
        return Objects.requireNonNull(DocumentTypeSpecialist.class.getResourceAsStream("model.bin"));
    }
}
