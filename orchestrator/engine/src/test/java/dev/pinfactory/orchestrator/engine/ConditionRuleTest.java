package dev.pinfactory.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Condition;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionRuleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a\"      | EQUALS     | \"a\"            | true",
                "\"a\"      | EQUALS     | \"b\"            | false",
                "\"12.50\"  | EQUALS     | 12.5             | true",
                "\"12.50\"  | EQUALS     | \"12.5\"         | false",
                "true       | EQUALS     | true             | true",
                "\"a\"      | NOT_EQUALS | \"b\"            | true",
                "null       | NOT_EQUALS | \"b\"            | true",
                "\"b\"      | IN         | [\"a\", \"b\"]   | true",
                "\"c\"      | IN         | [\"a\", \"b\"]   | false",
                "\"9.5\"    | LESS       | 10               | true",
                "\"9.5\"    | LESS       | \"10\"           | true",
                "9.5        | GREATER    | 10               | false",
                "\"2026-02-01\" | GREATER | \"2026-01-31\"  | true",
                "\"x\"      | LESS       | 3                | false",
                "\"x\"      | GREATER    | 3                | false",
                "null       | EXISTS     | null             | false",
                "false      | EXISTS     | null             | true",
                "\"1e99999999\" | GREATER | 3               | false",
            })
    void compares(String actual, Condition.Operator operator, String wanted, boolean holds) throws Exception {
        Condition condition = Condition.newBuilder()
                .setOperator(operator)
                .setValue(json(wanted))
                .build();

        assertThat(ConditionRule.holds(condition, Optional.of(json(actual)))).isEqualTo(holds);
    }

    @Test
    void whatIsNotThereIsOnlyUnequal() throws Exception {
        for (Condition.Operator operator : Condition.Operator.values()) {
            if (operator == Condition.Operator.UNRECOGNIZED) {
                continue;
            }
            Condition condition = Condition.newBuilder()
                    .setOperator(operator)
                    .setValue(json("1"))
                    .build();

            assertThat(ConditionRule.holds(condition, Optional.empty()))
                    .isEqualTo(operator == Condition.Operator.NOT_EQUALS);
        }
    }

    private static Value json(String text) throws InvalidProtocolBufferException {
        Value.Builder value = Value.newBuilder();
        JsonFormat.parser().merge(text, value);
        return value.build();
    }
}
