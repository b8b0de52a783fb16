package dev.pinfactory.proto.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathsTest {
    @ParameterizedTest
    @CsvSource({
        "instruction, instruction",
        "constraints.allowed_specialists[0], constraints.allowedSpecialists[0]",
        "constraints.cost_ceiling.cpu_seconds, constraints.costCeiling.cpuSeconds",
        "inputs[3].ref.size_bytes, inputs[3].ref.sizeBytes",
        "page_size, pageSize",
        "output_schema/properties/page_size, outputSchema/properties/page_size",
        "steps[page_size].for_each, steps[page_size].forEach",
        "labels[page_size], labels[page_size]",
        "not_a_field, not_a_field",
        "idempotency-key, idempotency-key"
    })
    void fieldsHaveTheirNamesInJson(String path, String expected) {
        assertThat(JsonPaths.of(path)).isEqualTo(expected);
    }

    @Test
    void aProblemNamesFieldsAsJsonDoesAndGrpcAsTheContract() {
        var error = new PinfactoryException(
                ErrorCode.INVALID_ARGUMENT,
                "page_size: expected 1 to 200 (and 1 more)",
                List.of(new FieldViolation("page_size", "expected 1 to 200"), new FieldViolation("state", "is none")));
        Problem problem = Errors.problem(error);
        assertThat(problem.detail()).isEqualTo("pageSize: expected 1 to 200 (and 1 more)");
        assertThat(problem.violations()).extracting(FieldViolation::field).containsExactly("pageSize", "state");
        assertThat(Errors.fromGrpc(Errors.toGrpc(error)).violations())
                .extracting(FieldViolation::field)
                .containsExactly("page_size", "state");
    }
}
