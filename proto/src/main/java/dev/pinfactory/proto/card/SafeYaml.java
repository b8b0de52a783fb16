package dev.pinfactory.proto.card;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML 1.2's plain values out of untrusted text: no tags, no aliases of collections, no keys twice, bounded depth and size. Scalars of string
 * fields stay as they are written, so that the version 1.10 does not become 1.1 nor the language "no" false.
 */
final class SafeYaml {
    static final int MAX_BYTES = 4 << 20;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_NUMBER_DIGITS = 40;
    private static final Set<String> PLAIN_TAGS =
            Set.of("str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge", "value");
    private static final String TAG_PREFIX = "tag:yaml.org,2002:";

    private SafeYaml() {}

    /** A tree of maps, lists, strings, numbers, booleans and nulls; never null itself. */
    static Object read(String text, Descriptor card) {
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw CardReader.invalid("", "the text has more than " + MAX_BYTES + " bytes");
        }
        Node root = compose(text);
        if (root == null) {
            throw CardReader.invalid("", "the text is empty; a card is expected");
        }
        Object tree = value(root, null, card);
        return tree == null ? List.of() : tree;
    }

    private static @Nullable Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setAllowRecursiveKeys(false);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_BYTES);
        try {
            return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw CardReader.invalid("", "line " + line + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw CardReader.invalid("", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object value(Node node, @Nullable FieldDescriptor field, @Nullable Descriptor message) {
        String tag = node.getTag().getValue();
        if (!tag.startsWith(TAG_PREFIX) || !PLAIN_TAGS.contains(tag.substring(TAG_PREFIX.length()))) {
            throw CardReader.invalid("", "line " + line(node) + ": the tag '" + tag + "' is not allowed");
        }
        return switch (node) {
            case MappingNode mapping -> map(mapping, message);
            case SequenceNode sequence -> list(sequence, field, message);
            case ScalarNode scalar -> scalar(scalar, field);
            default -> throw CardReader.invalid("", "line " + line(node) + ": aliases are not allowed");
        };
    }

    private static Map<String, @Nullable Object> map(MappingNode mapping, @Nullable Descriptor message) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        mapping.getValue().forEach(entry -> {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw CardReader.invalid("", "line " + line(entry.getKeyNode()) + ": a key is a plain name");
            }
            if (map.containsKey(key.getValue())) {
                throw CardReader.invalid(key.getValue(), "line " + line(key) + ": the key stands twice");
            }
            FieldDescriptor field = message == null ? null : UnknownFields.find(message, key.getValue());
            map.put(key.getValue(), value(entry.getValueNode(), field, UnknownFields.messageOf(field)));
        });
        return map;
    }

    private static List<@Nullable Object> list(
            SequenceNode sequence, @Nullable FieldDescriptor field, @Nullable Descriptor message) {
        List<@Nullable Object> list = new ArrayList<>();
        sequence.getValue().forEach(item -> list.add(value(item, field, message)));
        return list;
    }

    private static @Nullable Object scalar(ScalarNode scalar, @Nullable FieldDescriptor field) {
        String text = scalar.getValue();
        boolean wantsText = field != null
                && (field.getJavaType() == FieldDescriptor.JavaType.STRING
                        || field.getJavaType() == FieldDescriptor.JavaType.ENUM);
        if (!scalar.isPlain() || wantsText) {
            return text;
        }
        return switch (text) {
            case "", "~", "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> text.matches("[-+]?[0-9.].*") ? number(text) : text;
        };
    }

    private static Object number(String text) {
        if (text.length() > MAX_NUMBER_DIGITS) {
            return text;
        }
        if (text.matches("-?(0|[1-9][0-9]*)")) {
            return new BigInteger(text);
        }
        if (text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")) {
            return new BigDecimal(text);
        }
        return text;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
