package dev.pinfactory.orchestrator.service.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Abstention;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final InferResponse ABSTAINED = InferResponse.newBuilder()
            .setAbstention(Abstention.newBuilder().setReason("unsure"))
            .build();

    @Test
    void labelsAreComparedAndNotHowSureOneIs() {
        InferResponse sure = answer("{\"label\": \"a\", \"candidates\": [{\"label\": \"a\", \"confidence\": 0.9}]}");
        InferResponse unsure = answer(
                "{\"label\": \"a\", \"candidates\": [{\"label\": \"a\", \"confidence\": 0.4}, {\"label\": \"b\"}]}");
        assertThat(Agreement.of(sure, unsure)).isEqualTo(1);
        assertThat(Agreement.of(sure, answer("{\"label\": \"b\"}"))).isZero();
    }

    @Test
    void ofManyValuesItIsTheShareThatIsTheSame() {
        InferResponse one = answer("{\"total\": \"1.00\", \"vendor\": \"A\", \"date\": \"2026-01-01\"}");
        InferResponse other = answer("{\"total\": \"1.00\", \"vendor\": \"B\", \"address\": \"x\"}");
        assertThat(Agreement.of(one, other)).isEqualTo(0.25);
        assertThat(Agreement.of(other, one)).isEqualTo(0.25);
    }

    @Test
    void numbersThatAreNearlyTheSameAgree() {
        assertThat(Agreement.of(answer("{\"scores\": [0.500, 0.9]}"), answer("{\"scores\": [0.501, 0.5]}")))
                .isEqualTo(0.5);
        assertThat(Agreement.of(answer("{\"scores\": [0]}"), answer("{\"scores\": [0]}")))
                .isEqualTo(1);
    }

    @Test
    void anAbstentionAgreesWithAnAbstentionAlone() {
        assertThat(Agreement.of(ABSTAINED, ABSTAINED)).isEqualTo(1);
        assertThat(Agreement.of(ABSTAINED, answer("{}"))).isZero();
        assertThat(Agreement.of(answer("{}"), ABSTAINED)).isZero();
    }

    private static InferResponse answer(String json) {
        Value.Builder value = Value.newBuilder();
        try {
            JsonFormat.parser().merge(json, value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
        return InferResponse.newBuilder()
                .setOutputs(Outputs.newBuilder()
                        .addArtifacts(Artifact.newBuilder().setName("out").setJson(value)))
                .build();
    }
}
