package dev.pinfactory.specialists.training.intake;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.training.source.Intake;
import dev.pinfactory.specialists.training.source.IntakeException;
import dev.pinfactory.specialists.training.source.Received;
import dev.pinfactory.specialists.training.store.DeadLetter;
import dev.pinfactory.specialists.training.store.LearningStore;
import dev.pinfactory.specialists.training.store.NewExample;
import dev.pinfactory.specialists.training.store.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/** Stores what the business's own sources deliver. Thread-safe. */
public final class ExampleIntake implements Intake {
    private static final int MOST = 1_000;
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_TENANT = 200;
    private static final String TEXT = "text";
    private static final JsonMapper JSON = new JsonMapper();

    private final LearningStore store;
    private final Map<String, Lesson> lessons;
    private final Clock clock;

    /** @param lessons by specialist */
    public ExampleIntake(LearningStore store, Map<String, Lesson> lessons, Clock clock) {
        this.store = store;
        this.lessons = Map.copyOf(lessons);
        this.clock = clock;
    }

    @Override
    public void accept(String source, List<Received> events, String position) {
        if (events.size() > MOST) {
            throw new IllegalArgumentException(
                    "%,d events at once, at most %,d are taken".formatted(events.size(), MOST));
        }
        try {
            store.take(source, position, batch -> events.forEach(event -> take(source, event, batch)));
        } catch (DataAccessException | TransactionException e) {
            throw new IntakeException("what came from '" + source + "' could not be stored: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<String> position(String source) {
        return store.intakes().place(source);
    }

    private void take(String source, Received event, LearningStore.Batch batch) {
        switch (event) {
            case Received.Unreadable(String id, String content, String reason) ->
                bury(source, id, content, reason, batch);
            case Received.Example example -> take(source, example, batch);
        }
    }

    private void take(String source, Received.Example example, LearningStore.Batch batch) {
        Lesson lesson = lessons.get(example.specialist());
        if (lesson == null) {
            bury(source, example, "'" + example.specialist() + "' is no specialist that is taught here", batch);
            return;
        }
        String tenant = Texts.normal(example.tenant());
        if (tenant.isEmpty() || tenant.length() > LONGEST_TENANT) {
            String why = tenant.isEmpty()
                    ? "is blank, expected a name"
                    : "has %,d characters, at most %d are taken".formatted(tenant.length(), LONGEST_TENANT);
            bury(source, example, "'tenant' " + why, batch);
            return;
        }
        String text = Texts.normal(example.fields().getOrDefault(TEXT, ""));
        String label = Texts.normal(example.label());
        Optional<Texts.Refusal> refusal = Texts.refusal(lesson, text, label);
        if (refusal.isPresent()) {
            batch.count(lesson.specialist(), refusal.get().reason());
            bury(source, example, refusal.get().detail(), batch);
            return;
        }
        boolean added = batch.add(new NewExample(
                source,
                key(example.id()),
                lesson.specialist(),
                tenant,
                Optional.empty(),
                example.time(),
                Origin.STREAM,
                text,
                label,
                false));
        if (!added) {
            batch.count(lesson.specialist(), "known-event");
        }
        batch.removeLetter(source, key(example.id()));
    }

    private void bury(String source, Received.Example example, String reason, LearningStore.Batch batch) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("specialist", example.specialist());
        content.put("tenant", example.tenant());
        content.put("time", example.time().toString());
        content.put("fields", example.fields());
        content.put("label", example.label());
        bury(source, example.id(), JSON.writeValueAsString(content), reason, batch);
    }

    private void bury(String source, String id, String content, String reason, LearningStore.Batch batch) {
        batch.bury(new DeadLetter(source, key(id), Texts.storable(content), Texts.storable(reason), clock.instant()));
    }

    /** Somebody's id as a column holds it: of a longer one its digest, which is the same when it comes again. */
    private static String key(String id) {
        String storable = Texts.storable(id);
        return storable.length() <= LONGEST_ID ? storable : Digests.of(id.getBytes(StandardCharsets.UTF_8));
    }
}
