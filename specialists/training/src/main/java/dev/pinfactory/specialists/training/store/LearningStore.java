package dev.pinfactory.specialists.training.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Everything that a learner keeps, and what changes several parts of it at once. Thread-safe. */
public final class LearningStore {
    private static final Duration YOUNG = Duration.ofHours(1);

    private final TransactionTemplate transaction;
    private final Copying copying;
    private final Calls calls;
    private final Examples examples;
    private final DataSets dataSets;
    private final Intakes intakes;
    private final ExampleFiles files;

    public LearningStore(JdbcClient jdbc, TransactionTemplate transaction, ExampleFiles files) {
        this.transaction = transaction;
        this.calls = new Calls(jdbc);
        this.copying = new Copying(jdbc, transaction);
        this.examples = new Examples(jdbc, copying, files);
        this.dataSets = new DataSets(jdbc, copying, examples, files);
        this.intakes = new Intakes(jdbc);
        this.files = files;
    }

    public Calls calls() {
        return calls;
    }

    public Examples examples() {
        return examples;
    }

    public DataSets dataSets() {
        return dataSets;
    }

    public Intakes intakes() {
        return intakes;
    }

    /** Deletes files that no row speaks of, and that are an hour old: younger ones may belong to a transaction that has not ended. Answers how many. */
    public int sweep(Instant now) {
        Set<String> known = new HashSet<>(examples.files());
        known.addAll(dataSets.files());
        return files.sweep(known, now.minus(YOUNG));
    }

    /** Erases all copies of what is older than this, but not of what the first version learnt from. Answers how many examples that were. */
    public int expire(Instant before) {
        return copying.alone(() -> {
            calls.expire(before);
            return erased(examples.expire(before));
        });
    }

    private int erased(Set<Long> ids) {
        dataSets.erase(ids);
        return ids.size();
    }

    /** Does the work and notes how far the source was read, in one transaction. */
    public void take(String source, String position, Consumer<Batch> work) {
        Batch batch = new Batch();
        transaction.executeWithoutResult(status -> {
            work.accept(batch);
            if (!position.isEmpty()) {
                intakes.setPlace(source, position);
            }
        });
    }

    /** What can be done with what came in. Of one transaction. */
    public final class Batch {
        private Batch() {}

        /** False when it is known. */
        public boolean add(Call call) {
            return calls.add(call);
        }

        public Optional<Call> call(String taskId, String step, int item) {
            return calls.find(taskId, step, item);
        }

        /** False when it is known. */
        public boolean add(NewExample example) {
            return examples.add(example);
        }

        /** In place of what the same event said before. Data sets that have it are not changed by that. */
        public void replace(NewExample example) {
            examples.eraseEvent(example.source(), example.eventId());
            examples.add(example);
        }

        public void count(String specialist, String reason) {
            intakes.count(specialist, reason, 1);
        }

        public void bury(DeadLetter letter) {
            intakes.bury(letter);
        }

        public void removeLetter(String source, String id) {
            intakes.removeLetter(source, id);
        }

        /** Erases all copies of what a task was given, and what was said of it. */
        public void erase(String tenant, String taskId) {
            calls.erase(tenant, taskId);
            erased(examples.erase(tenant, taskId));
        }
    }
}
