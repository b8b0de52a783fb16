package dev.pinfactory.proto.type;

import com.google.protobuf.Value;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.TypeDeclaration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schemas of semantic types: the built-in ones from resources, the declared ones from cards. Immutable. */
public final class TypeSchemas {
    /** The built-in types whose values are JSON. */
    private static final List<String> JSON_TYPES = List.of(
            SemanticTypes.RECORD,
            SemanticTypes.FIELDS,
            SemanticTypes.ENTITIES,
            SemanticTypes.SPANS,
            SemanticTypes.LABELS,
            SemanticTypes.SCORE,
            SemanticTypes.TABLE,
            SemanticTypes.SERIES);

    private static final Map<String, JsonNode> BUILT_IN = builtIn();
    private static final Map<String, JsonSchemas> BUILT_IN_COMPILED = compiled(BUILT_IN);

    private final SemanticTypes types;
    private final Map<String, JsonNode> trees = new HashMap<>(BUILT_IN);
    private final Map<String, JsonSchemas> schemas = new HashMap<>(BUILT_IN_COMPILED);
    /** What a whole value of each JSON type can be: asked for every binding of every plan. */
    private final Map<String, Set<JsonKind>> whole = new HashMap<>();

    /**
     * Those of the types, compiled once for each {@link SemanticTypes}: plans and artifacts are checked far more often than types change.
     *
     * @throws IllegalArgumentException when a declared type's schema is not usable
     */
    public static TypeSchemas of(SemanticTypes types) {
        return types.schemas();
    }

    TypeSchemas(SemanticTypes types) {
        this.types = types;
        for (TypeDeclaration declaration : types.declarations()) {
            if (declaration.hasJsonSchema()) {
                JsonNode tree = JsonTrees.of(declaration.getJsonSchema());
                trees.put(declaration.getName(), tree);
                schemas.put(declaration.getName(), JsonSchemas.compile(tree));
            }
        }
        JSON_TYPES.forEach(this::readWhole);
        types.declarations().forEach(declaration -> readWhole(declaration.getName()));
    }

    /** Whether values of the type are JSON: it or an ancestor has a schema. */
    public boolean isJson(String type) {
        return whole.containsKey(type);
    }

    /** Where a value breaks the schema of its type, or of an ancestor of the type. */
    public List<FieldViolation> validate(String type, Value value, String at) {
        List<FieldViolation> violations = new ArrayList<>();
        for (String ancestor : lineage(type)) {
            JsonSchemas schema = schemas.get(ancestor);
            if (schema != null) {
                violations.addAll(schema.validate(value, at));
            }
        }
        return violations.stream().distinct().toList();
    }

    /** The JSON Schema of a type itself, as JSON text; empty for types without. */
    public Optional<String> jsonSchema(String type) {
        return Optional.ofNullable(trees.get(type)).map(JsonNode::toString);
    }

    /** What can stand at a place of a type's values; empty where nothing can, by the schema of the type and its ancestors. */
    public Set<JsonKind> kindsAt(String type, JsonPointer pointer) {
        @Nullable Set<JsonKind> known = pointer.isWhole() ? whole.get(type) : null;
        if (known != null) {
            return known;
        }
        Set<JsonKind> kinds = JsonKind.all();
        for (String ancestor : lineage(type)) {
            JsonNode tree = trees.get(ancestor);
            if (tree != null) {
                kinds.retainAll(SchemaKinds.at(tree, pointer));
            }
        }
        return Set.copyOf(kinds);
    }

    private void readWhole(String type) {
        if (lineage(type).stream().anyMatch(trees::containsKey)) {
            whole.put(type, kindsAt(type, JsonPointer.whole()));
        }
    }

    private List<String> lineage(String type) {
        List<String> lineage = new ArrayList<>();
        @Nullable String ancestor = type;
        while (ancestor != null) {
            lineage.add(ancestor);
            ancestor = types.parent(ancestor).orElse(null);
        }
        return lineage;
    }

    private static Map<String, JsonNode> builtIn() {
        JsonMapper mapper = JsonMapper.builder().build();
        Map<String, JsonNode> trees = new HashMap<>();
        for (String type : JSON_TYPES) {
            try (InputStream resource = TypeSchemas.class.getResourceAsStream(type + ".schema.json")) {
                if (resource == null) {
                    throw new IllegalStateException("the schema of type '" + type + "' is not on the class path");
                }
                trees.put(type, mapper.readTree(resource));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Map.copyOf(trees);
    }

    private static Map<String, JsonSchemas> compiled(Map<String, JsonNode> trees) {
        Map<String, JsonSchemas> compiled = new HashMap<>();
        trees.forEach((type, tree) -> compiled.put(type, JsonSchemas.compile(tree)));
        return Map.copyOf(compiled);
    }
}
