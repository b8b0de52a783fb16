package dev.pinfactory.orchestrator.merge;

import static dev.pinfactory.orchestrator.merge.TestingTask.from;
import static dev.pinfactory.orchestrator.merge.TestingTask.json;
import static dev.pinfactory.orchestrator.merge.TestingTask.of;
import static dev.pinfactory.orchestrator.merge.TestingTask.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.TaskResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The caller's schema shapes the result, and nothing is invented. */
class SchemaMergeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"12.50\"    | {\"type\": \"number\"}                          | 12.5",
                "\"-0.07\"    | {\"type\": \"number\"}                          | -0.07",
                "\"12.00\"    | {\"type\": \"integer\"}                         | 12",
                "7            | {\"type\": \"integer\"}                         | 7",
                "7            | {\"type\": \"string\"}                          | \"7\"",
                "12.5         | {\"type\": \"string\"}                          | \"12.5\"",
                "\"true\"     | {\"type\": \"boolean\"}                         | true",
                "true         | {\"type\": \"string\"}                          | \"true\"",
                "\"EUR\"      | {\"enum\": [\"eur\", \"usd\"]}                  | \"eur\"",
                "\"x\"        | {\"type\": \"array\"}                           | [\"x\"]",
                "\"5\"        | {\"anyOf\": [{\"type\": \"number\"}, {\"type\": \"null\"}]} | 5",
                "\"5\"        | {\"type\": [\"string\", \"null\"]}              | \"5\"",
                "{\"label\": \"a\", \"candidates\": []} | {\"type\": \"string\"} | \"a\"",
                "{\"value\": 0.5, \"low\": 0.1}         | {\"type\": \"number\"} | 0.5",
                "[\"1\", \"2.5\"] | {\"type\": \"array\", \"items\": {\"type\": \"number\"}} | [1, 2.5]",
                "\"12.50\"    | {}                                              | \"12.50\"",
            })
    void coercesWhatLosesNothing(String value, String schema, String expected) {
        MergeResult result =
                one(value, "{\"type\": \"object\", \"required\": [\"x\"], \"properties\": {\"x\": " + schema + "}}");

        assertThat(result.output()).isEqualTo(json("{\"x\": " + expected + "}"));
        assertThat(result.missing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"12,50\"             | number",
                "\"12.50 EUR\"         | number",
                "\"1e3\"               | number",
                "\"twelve\"            | number",
                "\"007\"               | number",
                "\"0.1234567890123456\"| number",
                "\"12.5\"              | integer",
                "12.5                  | integer",
                "\"yes\"               | boolean",
                "[\"x\"]               | string",
                "{\"a\": \"b\"}        | string",
                "null                  | string",
            })
    void leavesEmptyWhatDoesNotFit(String value, String type) {
        String required =
                "{\"type\": \"object\", \"required\": [\"x\"], \"properties\": {\"x\": {\"type\": \"" + type + "\"}}}";
        String optional = "{\"type\": \"object\", \"properties\": {\"x\": {\"type\": \"" + type + "\"}}}";

        assertThat(one(value, required).output()).isEqualTo(json("{\"x\": null}"));
        assertThat(one(value, required).missing())
                .extracting(Missing::getPointer)
                .containsExactly("/x");
        assertThat(one(value, required).missing()).extracting(Missing::getStep).containsExactly("a");
        assertThat(one(value, optional).output()).isEqualTo(json("{}"));
        assertThat(one(value, optional).missing()).isEmpty();
    }

    @Test
    void requiredThatNobodyFillsIsNullAndMissing() {
        MergeResult result = one("\"A\"", """
                {"type": "object", "required": ["x", "y", "z"], "properties": {
                  "x": {"type": "string"},
                  "y": {"type": "object", "required": ["deep"], "properties": {"deep": {"type": "number"}, "other": {}}},
                  "w": {"type": "object", "required": ["never"]}}}""");

        assertThat(result.output()).isEqualTo(json("{\"x\": \"A\", \"y\": {\"deep\": null}, \"z\": null}"));
        assertThat(result.missing()).extracting(Missing::getPointer).containsExactly("/y/deep", "/z");
        assertThat(result.status(TaskResult.Status.COMPLETE, true)).isEqualTo(TaskResult.Status.PARTIAL);
    }

    @Test
    void nullThatTheSchemaAllowsIsAValue() {
        MergeResult result =
                one("null", "{\"required\": [\"x\"], \"properties\": {\"x\": {\"type\": [\"number\", \"null\"]}}}");

        assertThat(result.output()).isEqualTo(json("{\"x\": null}"));
        assertThat(result.missing()).isEmpty();
    }

    @Test
    void closedSchemaKeepsOnlyWhatItNames() {
        MergeResult result = one(
                "{\"a\": \"1\", \"b\": \"2\"}",
                "{\"properties\": {\"x\": {\"type\": \"object\", \"properties\": {\"a\": {}}, \"additionalProperties\": false}}}");

        assertThat(result.output()).isEqualTo(json("{\"x\": {\"a\": \"1\"}}"));
        assertThat(result.provenance().keySet()).containsExactly("/x/a");
    }

    @Test
    void localReferencesAreFollowedAndCirclesEnd() {
        MergeResult result = one("\"5\"", """
                {"properties": {"x": {"$ref": "#/$defs/money~1amount"}},
                 "$defs": {"money/amount": {"$ref": "#/$defs/number"}, "number": {"type": "number"}}}""");
        MergeResult circle = one("\"5\"", """
                {"properties": {"x": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$ref": "#/$defs/a"}}}""");

        assertThat(result.output()).isEqualTo(json("{\"x\": 5}"));
        assertThat(circle.output()).isEqualTo(json("{\"x\": \"5\"}"));
    }

    @Test
    void elementThatDoesNotFitIsANullInItsPlace() {
        MergeResult result = one(
                "[\"1\", \"one\"]",
                "{\"properties\": {\"x\": {\"type\": \"array\", \"items\": {\"type\": \"number\"}}}}");

        assertThat(result.output()).isEqualTo(json("{\"x\": [1, null]}"));
        assertThat(result.missing()).extracting(Missing::getPointer).containsExactly("/x/1");
    }

    @Test
    void disputeOverAnOptionalPropertyIsToldAndThePropertyLeftOut() {
        MergeResult result = new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", succeeded(json("fields", 0.9, "{\"t\": \"1\"}")), from("mail"))
                .step("b", "fields", succeeded(json("fields", 0.9, "{\"t\": \"2\"}")), from("mail"))
                .map("/x", of("a", "fields", "/t"), of("b", "fields", "/t"))
                .schema("{\"properties\": {\"x\": {\"type\": \"number\"}}}")
                .merge();

        assertThat(result.output()).isEqualTo(json("{}"));
        assertThat(result.conflicts()).hasSize(1);
        assertThat(result.conflicts().getFirst().getPointer()).isEqualTo("/x");
        assertThat(result.needsReview()).isTrue();
    }

    @Test
    void failedStepFillsNothing() {
        TestingTask task = new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", new StepOutcome.Failed(ErrorCode.SPECIALIST_TIMEOUT, "late"), from("mail"))
                .map("/x", of("a", "fields", "/t"))
                .map("/y", of("a", "fields", "/u"))
                .schema(
                        "{\"type\": \"object\", \"required\": [\"x\"], \"properties\": {\"x\": {\"type\": \"string\"}, \"y\": {\"type\": \"string\"}}}");

        assertThat(task.merge().output()).isEqualTo(json("{\"x\": null}"));
        assertThat(task.merge().missing()).extracting(Missing::getReason).containsExactly("SPECIALIST_TIMEOUT: late");
    }

    private static MergeResult one(String value, String schema) {
        return new TestingTask()
                .input("mail", "hello")
                .step("a", "fields", succeeded(json("fields", 0.9, "{\"t\": " + value + "}")), from("mail"))
                .map("/x", of("a", "fields", "/t"))
                .schema(schema)
                .merge();
    }
}
