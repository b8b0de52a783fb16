package dev.pinfactory.proto.type;

import dev.pinfactory.proto.v1.TypeDeclaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The semantic types that are known: the built-in ones, those that cards declare, and, for benchmark tool lists, plain names without parent.
 * Assignable means equal or descendant; {@code any} accepts all. Immutable.
 */
public final class SemanticTypes {
    /** Accepts every type and never triggers completion. */
    public static final String ANY = "any";

    public static final String DOCUMENT = "document";
    public static final String TEXT = "text";
    public static final String IMAGE = "image";
    public static final String TABLE = "table";
    public static final String SERIES = "series";
    public static final String RECORD = "record";
    public static final String FIELDS = "fields";
    public static final String ENTITIES = "entities";
    public static final String LABELS = "labels";
    public static final String SPANS = "spans";
    public static final String SCORE = "score";

    private static final Set<String> ROOTS =
            Set.of(ANY, DOCUMENT, TEXT, IMAGE, TABLE, SERIES, RECORD, LABELS, SPANS, SCORE);
    private static final Map<String, String> BUILT_IN_PARENTS = Map.of(FIELDS, RECORD, ENTITIES, SPANS);
    private static final int MAX_DEPTH = 32;

    private final Map<String, String> parents;
    private final Map<String, TypeDeclaration> declared;
    /** Compiled when first asked for; two threads may both do it, with the same result. */
    private volatile @Nullable TypeSchemas schemas;

    private SemanticTypes(Map<String, String> parents, Map<String, TypeDeclaration> declared) {
        this.parents = Map.copyOf(parents);
        this.declared = Map.copyOf(declared);
    }

    /** The built-in types alone. */
    public static SemanticTypes builtIn() {
        return new SemanticTypes(BUILT_IN_PARENTS, Map.of());
    }

    /**
     * The built-in types and these.
     *
     * @throws IllegalArgumentException when a name is declared twice with different content, redefines a built-in type, or is its own ancestor
     */
    public static SemanticTypes with(Collection<TypeDeclaration> declarations) {
        Map<String, String> parents = new HashMap<>(BUILT_IN_PARENTS);
        Map<String, TypeDeclaration> declared = new HashMap<>();
        for (TypeDeclaration declaration : declarations) {
            String name = declaration.getName();
            if (ROOTS.contains(name) || BUILT_IN_PARENTS.containsKey(name)) {
                throw new IllegalArgumentException("type '" + name + "' is built in and can't be declared");
            }
            TypeDeclaration before = declared.putIfAbsent(name, declaration);
            if (before != null && !before.equals(declaration)) {
                throw new IllegalArgumentException("type '" + name + "' is declared twice with different content");
            }
            if (!declaration.getParent().isEmpty()) {
                parents.put(name, declaration.getParent());
            }
        }
        requireNoCycle(parents);
        return new SemanticTypes(parents, declared);
    }

    private static void requireNoCycle(Map<String, String> parents) {
        for (String name : parents.keySet()) {
            String type = name;
            for (int depth = 0; parents.containsKey(type); depth++) {
                type = parents.get(type);
                if (type.equals(name)) {
                    throw new IllegalArgumentException("type '" + name + "' is its own ancestor");
                }
                if (depth == MAX_DEPTH) {
                    throw new IllegalArgumentException("type '" + name + "' has more than " + MAX_DEPTH + " ancestors");
                }
            }
        }
    }

    /** Whether the name is one of the types that every swarm has. */
    public static boolean isBuiltIn(String type) {
        return ROOTS.contains(type) || BUILT_IN_PARENTS.containsKey(type);
    }

    /** The type's oldest ancestor: what decides how its content travels. */
    public String root(String type) {
        String root = type;
        while (parents.containsKey(root)) {
            root = parents.getOrDefault(root, root);
        }
        return root;
    }

    public boolean isKnown(String type) {
        return ROOTS.contains(type) || BUILT_IN_PARENTS.containsKey(type) || declared.containsKey(type);
    }

    /** All that an artifact may be of. */
    public Collection<String> names() {
        List<String> names = new ArrayList<>(ROOTS);
        names.addAll(BUILT_IN_PARENTS.keySet());
        names.addAll(declared.keySet());
        return names;
    }

    /** Whether a value of one type may stand where another is wanted. */
    public boolean isAssignable(String from, String to) {
        if (to.equals(ANY)) {
            return true;
        }
        String type = from;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            if (type.equals(to)) {
                return true;
            }
            String parent = parents.get(type);
            if (parent == null) {
                return false;
            }
            type = parent;
        }
        return false;
    }

    TypeSchemas schemas() {
        TypeSchemas compiled = schemas;
        if (compiled == null) {
            compiled = new TypeSchemas(this);
            schemas = compiled;
        }
        return compiled;
    }

    public Optional<String> parent(String type) {
        return Optional.ofNullable(parents.get(type));
    }

    /** What cards declare, in no order. */
    public Collection<TypeDeclaration> declarations() {
        return declared.values();
    }

    public Optional<TypeDeclaration> declaration(String type) {
        return Optional.ofNullable(declared.get(type));
    }
}
