package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Source;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A JSON value that knows where each of its leaves comes from. Keys are sorted, so that equal values are equal bytes. */
sealed interface Node {
    /**
     * A scalar, a null, or an empty object or list.
     *
     * @param sources more than one where several said the same
     */
    record Leaf(Value value, double confidence, List<Source> sources) implements Node {
        public Leaf {
            sources = List.copyOf(sources);
        }
    }

    /** A JSON object with properties. */
    record Properties(SortedMap<String, Node> children) implements Node {
        public Properties {
            children = Collections.unmodifiableSortedMap(new TreeMap<>(children));
        }
    }

    /** A JSON list with elements. */
    record Elements(List<Node> children) implements Node {
        public Elements {
            children = List.copyOf(children);
        }
    }

    /** A value on which sources disagree. The conflict has no pointer yet: it is known when the value has found its place. */
    record Disputed(Node chosen, Conflict conflict) implements Node {}

    /** No value at all, because an optional property's sources disagree; the conflict is still told. */
    record Omitted(Conflict conflict) implements Node {}

    /** A null, because what was wanted is not there. */
    record Absent(String reason, String step) implements Node {}
}
