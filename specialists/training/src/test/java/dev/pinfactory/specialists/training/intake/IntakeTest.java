package dev.pinfactory.specialists.training.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.FeedbackGiven;
import dev.pinfactory.proto.events.v1.ShadowCompared;
import dev.pinfactory.proto.events.v1.StepEnded;
import dev.pinfactory.proto.events.v1.TaskErased;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.specialists.training.intake.EventIntake.Noticed;
import dev.pinfactory.specialists.training.source.IntakeException;
import dev.pinfactory.specialists.training.source.Received;
import dev.pinfactory.specialists.training.store.DeadLetter;
import dev.pinfactory.specialists.training.store.Example;
import dev.pinfactory.specialists.training.store.ExampleFiles;
import dev.pinfactory.specialists.training.store.LearningStore;
import dev.pinfactory.specialists.training.store.Origin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IntakeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String INTENT = "intent";
    private static final String OUTBOX = "orchestrator";
    private static final String TASK = "t1";

    @TempDir
    Path folder;

    private JdbcConnectionPool database;
    private LearningStore store;
    private EventIntake events;
    private ExampleIntake examples;
    private long sequence;

    @BeforeEach
    void open() {
        database = JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID()
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1",
                "sa",
                "");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/learner")
                .load()
                .migrate();
        store = new LearningStore(
                JdbcClient.create(database),
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new ExampleFiles(folder));
        Map<String, Lesson> lessons =
                Map.of(INTENT, new Lesson(INTENT, Set.of()), "closed", new Lesson("closed", Set.of("spam", "ham")));
        events = new EventIntake(store, lessons);
        examples = new ExampleIntake(store, lessons, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    private Event.Builder event() {
        sequence++;
        return Event.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setSequence(sequence)
                .setTenant("acme")
                .setTime(Timestamp.newBuilder().setSeconds(NOW.getEpochSecond()));
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static StepEnded.Builder step(String label) {
        return StepEnded.newBuilder()
                .setTaskId(TASK)
                .setStep("tell")
                .setSpecialist(INTENT)
                .setVersion("1.0.0")
                .setOutcome(StepReport.Outcome.SUCCEEDED)
                .setConfidence(0.7)
                .setTrainingConsent(true)
                .addStepInputs(
                        Artifact.newBuilder().setName("text").setType("text").setText("Where is  my card?\r\n"))
                .addOutputs(Artifact.newBuilder()
                        .setName("label")
                        .setType("labels")
                        .setJson(Value.newBuilder()
                                .setStructValue(Struct.newBuilder().putFields("label", text(label)))));
    }

    private static FeedbackGiven.Builder feedback(String label) {
        return FeedbackGiven.newBuilder()
                .setTaskId(TASK)
                .setStep("tell")
                .setSpecialist(INTENT)
                .setVersion("1.0.0")
                .setSourcePointer("/label")
                .setCorrected(text(label))
                .setTrainingConsent(true);
    }

    private List<Noticed> take(Event.Builder... some) {
        return events.accept(
                OUTBOX, List.of(some).stream().map(Event.Builder::build).toList());
    }

    private List<Example> learnt() {
        return store.examples().learnable(INTENT, 100);
    }

    @Test
    void aCorrectionBecomesAnExampleOfWhatTheCallWasGiven() {
        List<Noticed> noticed =
                take(event().setStepEnded(step("card_lost")), event().setFeedbackGiven(feedback("card_arrival")));
        assertThat(learnt()).singleElement().satisfies(example -> {
            assertThat(example.text()).isEqualTo("Where is  my card?");
            assertThat(example.label()).isEqualTo("card_arrival");
            assertThat(example.origin()).isEqualTo(Origin.CORRECTED);
            assertThat(example.tenant()).isEqualTo("acme");
        });
        assertThat(noticed).hasSize(2).last().isEqualTo(new Noticed.Judged(INTENT, "1.0.0", false));
        assertThat(store.calls().newest(INTENT, "1.0.0", 10))
                .singleElement()
                .satisfies(call -> assertThat(call.label()).isEqualTo("card_lost"));
    }

    @Test
    void whatAReviewerFindsRightConfirmsTheCall() {
        List<Noticed> noticed =
                take(event().setStepEnded(step("card_lost")), event().setFeedbackGiven(feedback("card_lost")));
        assertThat(learnt()).extracting(Example::origin).containsExactly(Origin.CONFIRMED);
        assertThat(noticed).last().isEqualTo(new Noticed.Judged(INTENT, "1.0.0", true));
    }

    @Test
    void theLastWordAboutACallCounts() {
        take(
                event().setStepEnded(step("card_lost")),
                event().setFeedbackGiven(feedback("card_arrival")),
                event().setFeedbackGiven(feedback("card_swallowed")));
        assertThat(learnt()).extracting(Example::label).containsExactly("card_swallowed");
    }

    @Test
    void eventsThatComeAgainAreNotCountedTwice() {
        Event call = event().setStepEnded(step("card_lost")).build();
        Event correction = event().setFeedbackGiven(feedback("card_arrival")).build();
        assertThat(events.accept(OUTBOX, List.of(call, correction))).hasSize(2);
        assertThat(events.accept(OUTBOX, List.of(call, correction))).isEmpty();
        assertThat(learnt()).hasSize(1);
        assertThat(events.last(OUTBOX)).isEqualTo(2);
    }

    @Test
    void nothingIsKeptOfTasksWithoutConsentNorOfOtherSpecialists() {
        List<Noticed> noticed = take(
                event().setStepEnded(step("card_lost").setTrainingConsent(false)),
                event().setFeedbackGiven(feedback("card_arrival").setTrainingConsent(false)),
                event().setStepEnded(step("card_lost").setSpecialist("other").setTaskId("t2")));
        assertThat(noticed).isEmpty();
        assertThat(learnt()).isEmpty();
        assertThat(store.calls().count(INTENT)).isZero();
        assertThat(store.calls().count("other")).isZero();
    }

    @Test
    void anErasedTaskIsForgottenByItsOwnTenantAlone() {
        take(event().setStepEnded(step("card_lost")), event().setFeedbackGiven(feedback("card_arrival")));
        TaskErased erased = TaskErased.newBuilder().setTaskId(TASK).build();
        take(event().setTenant("other").setTaskErased(erased));
        assertThat(learnt()).hasSize(1);
        take(event().setTaskErased(erased));
        assertThat(learnt()).isEmpty();
        assertThat(store.calls().count(INTENT)).isZero();
    }

    @Test
    void whatCannotBeLearntFromIsCountedByReason() {
        take(
                event().setFeedbackGiven(feedback("card_arrival").setTaskId("unknown")),
                event().setStepEnded(step("card_lost")),
                event().setFeedbackGiven(feedback(" ")),
                event().setFeedbackGiven(feedback("x").setSourcePointer("/candidates/0/confidence")),
                event().setStepEnded(step("card_lost").setTaskId("t2").clearStepInputs()));
        assertThat(learnt()).isEmpty();
        assertThat(store.intakes().dropped(INTENT))
                .containsOnly(
                        Map.entry("feedback-without-call", 1L),
                        Map.entry("blank-label", 1L),
                        Map.entry("feedback-without-label", 1L),
                        Map.entry("call-without-text", 1L));
    }

    @Test
    void aShadowThatSaysSomethingElseIsNoticed() {
        ShadowCompared comparison = ShadowCompared.newBuilder()
                .setTaskId(TASK)
                .setSpecialist(INTENT)
                .setVersion("1.0.0")
                .setAgreement(0.5)
                .build();
        assertThat(take(event().setShadowCompared(comparison)))
                .containsExactly(new Noticed.Compared(INTENT, "1.0.0", false));
    }

    private static Received.Example received(String id, String specialist, String text, String label) {
        return new Received.Example(id, "acme", specialist, NOW, Map.of("text", text), label);
    }

    @Test
    void whatASourceDeliversIsStoredOnceAndWithItsPlace() {
        examples.accept("kafka", List.of(received("1", INTENT, "Where is it?", "status")), "offset 1");
        examples.accept("kafka", List.of(received("1", INTENT, "Where is it?", "status")), "offset 1");
        assertThat(learnt()).hasSize(1);
        assertThat(examples.position("kafka")).contains("offset 1");
        assertThat(store.intakes().dropped(INTENT)).containsOnly(Map.entry("known-event", 1L));
    }

    @Test
    void whatCannotBeUsedIsADeadLetterThatSaysWhy() {
        examples.accept(
                "kafka",
                List.of(
                        received("1", "nobody", "Where is it?", "status"),
                        received("2", INTENT, " ", "status"),
                        received("3", "closed", "Where is it?", "status"),
                        received("4", INTENT, "x".repeat(70_000), "status"),
                        new Received.Unreadable("5", "{", "no JSON")),
                "");
        assertThat(learnt()).isEmpty();
        assertThat(store.intakes().letters(Optional.of("kafka"), 10))
                .extracting(DeadLetter::reason)
                .containsExactlyInAnyOrder(
                        "'nobody' is no specialist that is taught here",
                        "'text' is blank, expected a text",
                        "the label 'status' is none of the 2 that 'closed' may learn",
                        "'text' has 70,000 characters, at most 65,536 are taken",
                        "no JSON");
    }

    @Test
    void aLetterThatCanBeUsedAtLastIsNoneAnyMore() {
        examples.accept("kafka", List.of(new Received.Unreadable("1", "{", "no JSON")), "");
        examples.accept("kafka", List.of(received("1", INTENT, "Where is it?", "status")), "");
        assertThat(store.intakes().letters(Optional.empty(), 10)).isEmpty();
        assertThat(learnt()).hasSize(1);
    }

    @Test
    void noCallOfSomebodyStopsTheOutbox() {
        List<Noticed> noticed = take(
                event().setStepEnded(step("card\0lost")
                        .setConfidence(Double.NaN)
                        .clearStepInputs()
                        .addStepInputs(Artifact.newBuilder()
                                .setName("text")
                                .setType("text")
                                .setText("where\0is it"))),
                event().setFeedbackGiven(feedback("card\0lost")));
        assertThat(noticed).hasSize(2).last().isEqualTo(new Noticed.Judged(INTENT, "1.0.0", true));
        assertThat(store.calls().newest(INTENT, "1.0.0", 10)).singleElement().satisfies(call -> {
            assertThat(call.text()).isEqualTo("whereis it");
            assertThat(call.confidence()).isZero();
        });
    }

    @Test
    void noEventOfSomebodyStopsASource() {
        List<Received> batch = List.of(
                received("x".repeat(5_000), INTENT, "Where is it?", "status"),
                new Received.Example("2", "t".repeat(5_000), INTENT, NOW, Map.of("text", "Where?"), "status"),
                new Received.Example("3", " ", INTENT, NOW, Map.of("text", "Where?"), "status"),
                new Received.Unreadable("4\0", "{\0\uD800", "no \0JSON"));
        examples.accept("kafka", batch, "offset 1");
        examples.accept("kafka", batch, "offset 1");
        assertThat(learnt()).extracting(Example::text).containsExactly("Where is it?");
        assertThat(store.intakes().letters(Optional.of("kafka"), 10))
                .extracting(DeadLetter::reason)
                .containsExactlyInAnyOrder(
                        "'tenant' has 5,000 characters, at most 200 are taken",
                        "'tenant' is blank, expected a name",
                        "no JSON");
    }

    @Test
    void aDeadLetterIsReadByAProgramToo() {
        examples.accept("kafka", List.of(received("1", "nobody", "Where, is \"it\"?", "status")), "");
        assertThat(store.intakes().letters(Optional.empty(), 10))
                .singleElement()
                .satisfies(letter -> {
                    JsonNode json = new JsonMapper().readTree(letter.content());
                    assertThat(json.at("/fields/text").asString()).isEqualTo("Where, is \"it\"?");
                    assertThat(json.at("/time").asString()).isEqualTo(NOW.toString());
                });
    }

    @Test
    void aDatabaseThatIsAwayRefusesTheWholeBatch() {
        List<Received> batch = List.of(received("1", INTENT, "Where is it?", "status"));
        JdbcClient.create(database).sql("drop table place").update();
        assertThatThrownBy(() -> examples.accept("kafka", batch, "offset 1"))
                .isInstanceOf(IntakeException.class)
                .hasMessageStartingWith("what came from 'kafka' could not be stored");
        assertThat(learnt()).isEmpty();
    }
}
