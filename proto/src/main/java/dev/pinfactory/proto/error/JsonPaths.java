package dev.pinfactory.proto.error;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.pinfactory.proto.v1.UploadInputRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths of fields as JSON names them: {@code constraints.allowedSpecialists[0]} for {@code constraints.allowed_specialists[0]}. What callers
 * named themselves, between brackets or behind a slash, stays as it is.
 */
final class JsonPaths {
    private static final Pattern NAME_OR_KEY = Pattern.compile("[a-z0-9_]+|\\[[^]]*]");
    /** By the names in the contracts. */
    private static final Map<String, String> JSON_NAMES =
            jsonNames(UploadInputRequest.getDescriptor().getFile());

    private JsonPaths() {}

    static String of(String path) {
        int slash = path.indexOf('/');
        String fields = slash < 0 ? path : path.substring(0, slash);
        String named = NAME_OR_KEY
                .matcher(fields)
                .replaceAll(found -> Matcher.quoteReplacement(JSON_NAMES.getOrDefault(found.group(), found.group())));
        return slash < 0 ? named : named + path.substring(slash);
    }

    private static Map<String, String> jsonNames(FileDescriptor file) {
        Map<String, String> names = new HashMap<>();
        learn(file, names);
        return Map.copyOf(names);
    }

    private static void learn(FileDescriptor file, Map<String, String> names) {
        file.getMessageTypes().forEach(message -> learn(message, names));
        file.getDependencies().stream()
                .filter(dependency -> dependency.getPackage().startsWith("pinfactory."))
                .forEach(dependency -> learn(dependency, names));
    }

    private static void learn(Descriptor message, Map<String, String> names) {
        for (FieldDescriptor field : message.getFields()) {
            names.put(field.getName(), field.getJsonName());
        }
        message.getNestedTypes().forEach(nested -> learn(nested, names));
    }
}
