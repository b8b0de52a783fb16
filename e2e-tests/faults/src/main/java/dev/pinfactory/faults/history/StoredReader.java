package dev.pinfactory.faults.history;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.orchestrator.service.store.Databases;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads tables by plain SQL, so that a bug of the store can't hide itself. */
public final class StoredReader {
    /** The label that carries a submission's key. */
    public static final String KEY_LABEL = "key";

    private static final int TRIES = 5;

    private StoredReader() {}

    /** Everything in the tables, now. */
    public static Stored read(DataSource dataSource) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        Map<String, List<String>> steps = new HashMap<>();
        jdbc.sql("select task_id, written from step_commit").query(row -> {
            StepCommit step = parse(() -> StepCommit.parseFrom(row.getBytes(2)));
            steps.computeIfAbsent(row.getString(1), first -> new ArrayList<>())
                    .add(step(step.getReport().getStep(), step.hasItem(), step.getItem()));
        });
        List<Stored.Task> tasks = jdbc.sql("select id, result, epoch from task")
                .query((row, number) -> task(
                        row.getString(1),
                        parse(() -> TaskResult.parseFrom(row.getBytes(2))),
                        steps.getOrDefault(row.getString(1), List.of()),
                        row.getLong(3)))
                .list();
        List<String> endings = new ArrayList<>();
        jdbc.sql("select task_id, written from task_event").query(row -> {
            if (parse(() -> TaskEvent.parseFrom(row.getBytes(2))).hasEnded()) {
                endings.add(row.getString(1));
            }
        });
        List<Stored.Told> outbox = jdbc.sql("select id, task_id, written from outbox")
                .query((row, number) -> new Stored.Told(
                        row.getString(1), row.getString(2), about(parse(() -> Event.parseFrom(row.getBytes(3))))))
                .list();
        return new Stored(tasks, endings, outbox);
    }

    /**
     * Everything in an H2 file, also while a process has it: of a copy, which is what a kill would have left. A copy that was made in the middle of a write can't
     * be opened, and another one is made.
     *
     * @param folder of the file
     */
    public static Stored readCopy(Path folder) {
        for (int tries = 1; ; tries++) {
            try {
                return readCopyOnce(folder);
            } catch (RuntimeException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Stored readCopyOnce(Path folder) {
        try {
            Path copy = Files.createTempDirectory("tasks");
            Path file = Files.copy(folder.resolve("tasks.mv.db"), copy.resolve("tasks.mv.db"));
            try (var dataSource = Databases.h2(copy, 1)) {
                return read(dataSource);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(copy.resolve("tasks.trace.db"));
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stored.Task task(String id, TaskResult result, List<String> steps, long epoch) {
        return new Stored.Task(id, result.getLabelsOrDefault(KEY_LABEL, ""), end(result), output(result), steps, epoch);
    }

    /** How a task ended, in words that compare; empty while it has not. */
    public static String end(TaskResult result) {
        return result.getState() == TaskResult.State.ENDED
                ? result.getStatus() + " at " + Timestamps.toString(result.getEndedAt()) + " with " + output(result)
                        + (result.hasError() ? ", " + result.getError().getMessage() : "")
                : "";
    }

    /** The one field of the result; the whole result where it has not one field. */
    private static String output(TaskResult result) {
        Map<String, com.google.protobuf.Value> fields =
                result.getOutput().getStructValue().getFieldsMap();
        return fields.size() == 1
                ? fields.values().iterator().next().getStringValue()
                : TextFormat.printer().emittingSingleLine(true).printToString(result.getOutput());
    }

    private static String about(Event event) {
        return event.hasStepEnded()
                ? step(
                        event.getStepEnded().getStep(),
                        event.getStepEnded().hasItem(),
                        event.getStepEnded().getItem())
                : "task";
    }

    private static String step(String name, boolean hasItem, int item) {
        return "step " + name + (hasItem ? "/" + item : "");
    }

    /** What reads a column. */
    private interface Parsing<T> {
        T parse() throws InvalidProtocolBufferException, java.sql.SQLException;
    }

    private static <T> T parse(Parsing<T> parsing) {
        try {
            return parsing.parse();
        } catch (InvalidProtocolBufferException | java.sql.SQLException e) {
            throw new IllegalStateException("a row can't be read: " + e.getMessage(), e);
        }
    }
}
