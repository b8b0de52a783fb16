package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The task that a command is about: a file, or an instruction with inputs, or a file with some of it replaced. */
final class TaskOptions {
    /** What a swarm takes in one message, less what is around the inputs. */
    private static final long MAX_BYTES = (16L << 20) - 4_096;

    @Parameters(
            arity = "0..1",
            paramLabel = "TASK",
            description = "A task file (YAML or JSON), such as examples/expense-claim.yaml.")
    @Nullable
    private Path file;

    @Option(
            names = {"-i", "--instruction"},
            paramLabel = "TEXT",
            description = "What shall be done, in plain words; @FILE reads it from a file.")
    @Nullable
    private String instruction;

    @Option(
            names = "--input",
            paramLabel = "NAME[:TYPE]=VALUE",
            description =
                    "An input: NAME=TEXT, or NAME=@FILE. The type is told from the file's ending (.txt text, .png image, .json record, "
                            + ".csv table, others document) unless given; NAME:series=@FILE.csv takes the columns of numbers. May be repeated.")
    private List<String> inputs = List.of();

    @Option(
            names = "--schema",
            paramLabel = "@FILE",
            description = "JSON Schema that the result shall follow, from a file or inline.")
    @Nullable
    private String schema;

    @Option(
            names = "--pinned",
            paramLabel = "NAME[@VERSION]",
            description = "Take this pinned plan; its instruction and schema need not be given.")
    @Nullable
    private String pinned;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "The task ends by then, such as 500ms, 30s or 2m.")
    @Nullable
    private Duration timeout;

    @Option(names = "--only", paramLabel = "ID", split = ",", description = "Only these specialists may run.")
    private List<String> allowed = List.of();

    @Option(names = "--without", paramLabel = "ID", split = ",", description = "These specialists may not run.")
    private List<String> excluded = List.of();

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "A label of the task, such as training-consent=true; may be repeated.")
    private Map<String, String> labels = Map.of();

    @Option(
            names = "--may-escalate",
            description = "A large language model may plan where the router is not sure, if one is configured.")
    private boolean mayEscalate;

    /** The task as the options say. */
    Task task() {
        Task.Builder task = file == null ? Task.newBuilder() : TaskFile.read(file).toBuilder();
        if (instruction != null) {
            task.setInstruction(textOrFile(instruction));
        }
        for (String input : inputs) {
            InputArgument argument = InputArgument.parse(input);
            task.getInputsList().stream()
                    .filter(known -> known.getName().equals(argument.name()))
                    .findFirst()
                    .ifPresent(known -> task.removeInputs(task.getInputsList().indexOf(known)));
            task.addInputs(argument.artifact());
        }
        if (schema != null) {
            task.setOutputSchema(schema(textOrFile(schema)));
        }
        task.putAllLabels(labels);
        if (pinned != null) {
            task.setPinnedPlan(pinned);
        }
        if (timeout != null || !allowed.isEmpty() || !excluded.isEmpty() || mayEscalate) {
            Constraints.Builder constraints = task.getConstraintsBuilder();
            if (mayEscalate) {
                constraints.setMayEscalate(true);
            }
            if (timeout != null) {
                constraints.setTimeout(Durations.fromMillis(timeout.toMillis()));
            }
            constraints.addAllAllowedSpecialists(allowed).addAllExcludedSpecialists(excluded);
        }
        if (instruction != null && task.getInstruction().isBlank()) {
            throw new UsageException("--instruction is empty; expected what shall be done, in plain words");
        }
        boolean brings = task.hasPlan() || !task.getPinnedPlan().isEmpty();
        if (task.getInstruction().isBlank() && !brings) {
            throw new UsageException(
                    file == null
                            ? "nothing to do: give a task file or --instruction \"…\" (see 'pin help run')"
                            : "'" + file + "' has no instruction; expected what shall be done, in plain words");
        }
        if (task.build().getSerializedSize() > MAX_BYTES) {
            throw new UsageException("the inputs are too large together; at most " + MAX_BYTES
                    + " bytes go into a request, upload larger ones with POST /v1/inputs");
        }
        return task.build();
    }

    private static Struct schema(String json) {
        Struct.Builder schema = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(json, schema);
        } catch (InvalidProtocolBufferException e) {
            throw new UsageException("--schema is not a JSON object: " + e.getMessage());
        }
        return schema.build();
    }

    private static String textOrFile(String value) {
        return value.startsWith("@") ? readText(Path.of(value.substring(1))) : value;
    }

    static String readText(Path file) {
        try {
            return Files.readString(checked(file));
        } catch (IOException e) {
            throw new UsageException("'" + file + "' can't be read as UTF-8 text");
        }
    }

    /** The file, if it is one and not larger than a request may be. */
    static Path checked(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new UsageException("'" + file + "' is a directory; expected a file");
            }
            if (!Files.isRegularFile(file)) {
                throw new UsageException("there is no file '" + file + "'");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new UsageException("'" + file + "' has " + Files.size(file) + " bytes; at most " + MAX_BYTES
                        + " go into a request, upload larger ones with POST /v1/inputs");
            }
        } catch (IOException e) {
            throw new UsageException("'" + file + "' can't be read");
        }
        return file;
    }

    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            try {
                String iso = value.toLowerCase(Locale.ROOT).endsWith("ms")
                        ? "PT" + Long.parseLong(value.substring(0, value.length() - 2)) / 1000.0 + "S"
                        : "PT" + value;
                Duration duration = Duration.parse(iso);
                if (duration.isZero() || duration.isNegative()) {
                    throw new TypeConversionException("'" + value + "' is not a time longer than zero");
                }
                return duration;
            } catch (DateTimeParseException | NumberFormatException e) {
                throw new TypeConversionException("'" + value + "' is not a duration such as 500ms, 30s or 2m");
            }
        }
    }
}
