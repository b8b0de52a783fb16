package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.rest.WrongField;
import dev.pinfactory.proto.v1.Task;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Task files: protobuf's JSON mapping of {@link Task}, written as YAML or JSON, in which an input may name a file ({@link InputFiles}). */
final class TaskFile {
    private static final int MAX_DEPTH = 50;

    private TaskFile() {}

    static Task read(Path file) {
        String where = "'" + file + "'";
        Object yaml = yaml(file);
        if (yaml instanceof List<?>) {
            throw new UsageException(where + " is a list, not a task; 'pin plan golden' takes a list of golden tasks");
        }
        if (!(yaml instanceof Map<?, ?> content)) {
            throw new UsageException(where + " is not a task: expected keys such as instruction and inputs");
        }
        if (content.containsKey("contract")) {
            throw new UsageException(where + " is a card, not a task; 'pin plan impact' takes a card");
        }
        InputFiles files = InputFiles.of(content, file, where);
        return files.into(task(files.rest(), where));
    }

    /** What a YAML or JSON file says, as maps, lists and scalars. */
    static @Nullable Object yaml(Path file) {
        try {
            return yaml().load(TaskOptions.readText(file));
        } catch (YAMLException e) {
            throw new UsageException("'" + file + "' is not YAML: " + e.getMessage());
        }
    }

    /** @param where it was read, for messages */
    static Task task(Map<?, ?> content, String where) {
        Task.Builder task = Task.newBuilder();
        try {
            parse(JsonFormat.printer().print(value(content)), task, where);
        } catch (InvalidProtocolBufferException e) {
            throw new UsageException(where + " has a number that JSON does not know");
        }
        return task.build();
    }

    private static void parse(String json, Task.Builder task, String where) {
        try {
            JsonFormat.parser().merge(json, task);
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            String wrong = WrongField.find(json, Task.getDefaultInstance())
                    .map(violation -> violation.field() + ": " + violation.description())
                    .orElseGet(() -> String.valueOf(e.getMessage()));
            throw new UsageException(where + " is not a task: " + wrong);
        }
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(32 << 20);
        return new Yaml(new SafeConstructor(options));
    }

    private static Value value(@Nullable Object yaml) {
        Value.Builder value = Value.newBuilder();
        switch (yaml) {
            case null -> value.setNullValue(NullValue.NULL_VALUE);
            case Boolean bool -> value.setBoolValue(bool);
            case Number number -> value.setNumberValue(number.doubleValue());
            case Date date -> value.setStringValue(date.toInstant().toString());
            case Map<?, ?> map -> {
                Struct.Builder struct = Struct.newBuilder();
                map.forEach((key, item) -> struct.putFields(String.valueOf(key), value(item)));
                value.setStructValue(struct);
            }
            case Iterable<?> list -> {
                ListValue.Builder items = ListValue.newBuilder();
                list.forEach(item -> items.addValues(value(item)));
                value.setListValue(items);
            }
            default -> value.setStringValue(yaml.toString());
        }
        return value.build();
    }
}
