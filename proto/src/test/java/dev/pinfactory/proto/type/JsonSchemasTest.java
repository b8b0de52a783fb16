package dev.pinfactory.proto.type;

import static dev.pinfactory.proto.type.ArtifactValidatorTest.struct;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemasTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"strin\"}",
                "{\"required\": \"a\"}",
                "{\"minimum\": \"x\"}",
                "{\"properties\": {\"a\": 5}}",
                "{\"$ref\": \"https://example.com/x.json\"}",
                "{\"$ref\": \"file:///etc/passwd\"}",
                "{\"$ref\": \"#/nowhere\"}",
                "{\"$ref\": \"#\"}",
                "{\"properties\": {\"a\": {\"$ref\": \"#\"}}}",
                "{\"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"$ref\": \"#/$defs/a\"}}, \"$ref\": \"#/$defs/a\"}",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}",
                "{\"properties\": {\"a\": {\"$id\": \"https://example.com\"}}}",
                "{\"$dynamicRef\": \"#x\"}"
            })
    void schemasThatAreWrongOrReachOutAreRefused(String schema) {
        assertThat(JsonSchemas.check(struct(schema), "schema")).isNotEmpty();
    }

    @Test
    void localReferencesAreFollowed() {
        String schema = """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"n": {"type": "number"}},
                 "type": "object", "properties": {"a": {"$ref": "#/$defs/n"}, "$ref": {"type": "string"}}}
                """;
        JsonSchemas schemas = JsonSchemas.compile(struct(schema));
        assertThat(schemas.validate(value("{\"a\": 1}"), "v")).isEmpty();
        assertThat(schemas.validate(value("{\"a\": \"x\"}"), "v")).hasSize(1);
    }

    @Test
    void referencesThatMultiplyAreRefused() {
        StringBuilder schema = new StringBuilder("{\"$ref\": \"#/$defs/d0\", \"$defs\": {");
        for (int i = 0; i < 25; i++) {
            schema.append("\"d%d\": {\"anyOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%d\"}]},"
                    .formatted(i, i + 1, i + 1));
        }
        schema.append("\"d25\": {\"type\": \"string\"}}}");
        assertThat(JsonSchemas.check(struct(schema.toString()), "schema")).isNotEmpty();
    }

    @Test
    void patternsThatBacktrackWithoutEndAreStopped() {
        JsonSchemas schemas = JsonSchemas.compile(struct("{\"properties\": {\"a\": {\"pattern\": \"^(a+)+$\"}}}"));
        Value value = value("{\"a\": \"" + "a".repeat(40) + "!\"}");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(schemas.validate(value, "v")).hasSize(1));
    }

    @Test
    void largeAndDeepSchemasAreRefused() {
        StringBuilder deep = new StringBuilder();
        deep.append("{\"not\": ".repeat(45)).append("{}").append("}".repeat(45));
        assertThat(JsonSchemas.check(struct(deep.toString()), "schema")).isNotEmpty();
    }

    @Test
    void kindsFollowThePointerIntoTheSchema() {
        TypeSchemas schemas = TypeSchemas.of(SemanticTypes.builtIn());
        assertThat(kinds(schemas, "score", "/value")).containsExactly(JsonKind.NUMBER);
        assertThat(kinds(schemas, "labels", "/candidates/0/label")).containsExactly(JsonKind.STRING);
        assertThat(kinds(schemas, "fields", "/total")).isEqualTo(JsonKind.SCALARS);
        assertThat(kinds(schemas, "fields", "/total/x")).isEmpty();
        assertThat(kinds(schemas, "entities", "/name")).isEmpty();
        assertThat(kinds(schemas, "record", "/a/b")).isEqualTo(JsonKind.all());
    }

    @Test
    void schemasAreCompiledOnceForTheirTypes() {
        SemanticTypes types = SemanticTypes.builtIn();
        assertThat(TypeSchemas.of(types)).isSameAs(TypeSchemas.of(types));
    }

    @Test
    void pointersAreReadAndWritten() {
        for (String pointer : new String[] {"", "/", "/a~1b/~0", "/a/0/b"}) {
            assertThat(JsonPointer.parse(pointer).orElseThrow()).hasToString(pointer);
        }
        for (String pointer : new String[] {"a", "/~", "/~2", "#/a"}) {
            assertThat(JsonPointer.parse(pointer)).isEmpty();
        }
        assertThat(JsonPointer.parse("/a/1").orElseThrow().in(value("{\"a\": [5, 6]}")))
                .map(Value::getNumberValue)
                .contains(6.0);
        assertThat(JsonPointer.parse("/a/01").orElseThrow().in(value("{\"a\": [5, 6]}")))
                .isEmpty();
    }

    private static Set<JsonKind> kinds(TypeSchemas schemas, String type, String pointer) {
        return schemas.kindsAt(type, JsonPointer.parse(pointer).orElseThrow());
    }

    private static Value value(String json) {
        return Value.newBuilder().setStructValue(struct(json)).build();
    }
}
