package dev.pinfactory.faults.history;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a store keeps, read past the code that wrote it.
 *
 * @param endings a task's id for each event that says that it ended
 * @param outbox every event of the outbox
 */
public record Stored(List<Task> tasks, List<String> endings, List<Told> outbox) {
    public Stored {
        tasks = List.copyOf(tasks);
        endings = List.copyOf(endings);
        outbox = List.copyOf(outbox);
    }

    /** The tasks of these keys alone. */
    public Stored of(Predicate<String> keys) {
        return new Stored(tasks.stream().filter(task -> keys.test(task.key())).toList(), endings, outbox);
    }

    /**
     * A row.
     *
     * @param key of its submission, from a label
     * @param end how it ended, in words that compare; empty while it has not
     * @param output the merged result
     * @param steps the committed steps, a word for each
     * @param epoch how often it was claimed
     */
    public record Task(String id, String key, String end, String output, List<String> steps, long epoch) {
        public Task {
            steps = List.copyOf(steps);
        }

        boolean ended() {
            return !end.isEmpty();
        }
    }

    /**
     * An event of the outbox.
     *
     * @param about what it tells: {@code task}, or {@code step} with its name
     */
    public record Told(String id, String taskId, String about) {}
}
