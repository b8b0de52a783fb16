package dev.pinfactory.specialists.training.intake;

import dev.pinfactory.specialists.training.source.Intake;
import dev.pinfactory.specialists.training.source.IntakeException;
import dev.pinfactory.specialists.training.source.Received;
import dev.pinfactory.specialists.training.store.DeadLetter;
import dev.pinfactory.specialists.training.store.LearningStore;
import dev.pinfactory.specialists.training.store.NewExample;
import dev.pinfactory.specialists.training.store.Origin;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Stores what the business's own sources deliver. Thread-safe. */
public final class ExampleIntake implements Intake {
    private static final int MOST = 1_000;
    private static final String TEXT = "text";

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
                batch.bury(new DeadLetter(source, id, content, reason, clock.instant()));
            case Received.Example example -> take(source, example, batch);
        }
    }

    private void take(String source, Received.Example example, LearningStore.Batch batch) {
        Lesson lesson = lessons.get(example.specialist());
        if (lesson == null) {
            batch.bury(letter(source, example, "'" + example.specialist() + "' is no specialist that is taught here"));
            return;
        }
        String text = Texts.normal(example.fields().getOrDefault(TEXT, ""));
        String label = Texts.normal(example.label());
        Optional<Texts.Refusal> refusal = Texts.refusal(lesson, text, label);
        if (refusal.isPresent()) {
            batch.count(lesson.specialist(), refusal.get().reason());
            batch.bury(letter(source, example, refusal.get().detail()));
            return;
        }
        boolean added = batch.add(new NewExample(
                source,
                example.id(),
                lesson.specialist(),
                example.tenant(),
                Optional.empty(),
                example.time(),
                Origin.STREAM,
                text,
                label,
                false));
        if (!added) {
            batch.count(lesson.specialist(), "known-event");
        }
        batch.removeLetter(source, example.id());
    }

    private DeadLetter letter(String source, Received.Example example, String reason) {
        String content = "{specialist: %s, tenant: %s, fields: %s, label: %s}"
                .formatted(example.specialist(), example.tenant(), example.fields(), example.label());
        return new DeadLetter(source, example.id(), content, reason, clock.instant());
    }
}
