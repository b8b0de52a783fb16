package dev.pinfactory.proto.type;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import dev.pinfactory.proto.error.FieldViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** JSON Schema 2020-12 without a network: schemas are checked before they are used, nothing is loaded, and patterns have a budget. */
public final class JsonSchemas {
    private static final int MAX_VIOLATIONS = 100;
    private static final String META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";
    private static final Schema META = registry().getSchema(SchemaLocation.of(META_SCHEMA));

    private final Schema schema;

    private JsonSchemas(Schema schema) {
        this.schema = schema;
    }

    /** What is wrong with a schema itself; empty for one that can be used. */
    public static List<FieldViolation> check(Struct schema, String at) {
        return check(JsonTrees.of(schema), at);
    }

    static List<FieldViolation> check(JsonNode schema, String at) {
        List<FieldViolation> violations = new ArrayList<>(SchemaRules.check(schema, at));
        if (violations.isEmpty()) {
            violations.addAll(violations(META.validate(schema), at));
        }
        return violations;
    }

    /**
     * @throws IllegalArgumentException for a schema that {@link #check} finds fault with
     */
    public static JsonSchemas compile(Struct schema) {
        return compile(JsonTrees.of(schema));
    }

    static JsonSchemas compile(JsonNode schema) {
        List<FieldViolation> violations = check(schema, "");
        if (!violations.isEmpty()) {
            FieldViolation first = violations.getFirst();
            throw new IllegalArgumentException(
                    "not a usable JSON Schema: " + first.field() + " " + first.description());
        }
        // A registry of its own: what one schema calls itself can't reach another's.
        return new JsonSchemas(registry().getSchema(schema));
    }

    /** Every place where a value breaks the schema. */
    public List<FieldViolation> validate(Value value, String at) {
        try {
            return violations(schema.validate(JsonTrees.of(value)), at);
        } catch (PatternBudget.Exhausted e) {
            return List.of(new FieldViolation(at, "a pattern of the schema takes too long on this value"));
        }
    }

    private static SchemaRegistry registry() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(JsonSchemas::regularExpression)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)));
    }

    private static RegularExpression regularExpression(String expression) {
        try {
            Pattern pattern = Pattern.compile(expression);
            return text -> pattern.matcher(new PatternBudget(text)).find();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + expression + "' is not a regular expression", e);
        }
    }

    private static List<FieldViolation> violations(List<Error> errors, String at) {
        return errors.stream()
                .limit(MAX_VIOLATIONS)
                .map(error -> new FieldViolation(at + error.getInstanceLocation(), String.valueOf(error.getMessage())))
                .toList();
    }
}
