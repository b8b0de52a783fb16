package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.EncoderPlanner;
import dev.pinfactory.router.planner.PlanningRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models for a trial: they know what the others know, and the others learn nothing of it. */
class TrialModelsTest {
    private static final Contracts FREIGHT = TestingLibraries.freight();

    private final CountingEncoder encoder = new CountingEncoder();
    private final RouterModels models = RouterModels.shipped(encoder);

    /** The shared one, which remembers what it was given. */
    private static final class CountingEncoder implements SentenceEncoder {
        private final List<String> texts = new ArrayList<>();

        @Override
        public float[][] encode(List<String> given) {
            texts.addAll(given);
            return SentenceEncoder.shared().encode(given);
        }

        @Override
        public EncodedText encodeTokens(String text) {
            return SentenceEncoder.shared().encodeTokens(text);
        }

        @Override
        public String digest() {
            return SentenceEncoder.shared().digest();
        }

        @Override
        public void close() {}

        List<String> taken() {
            List<String> taken = List.copyOf(texts);
            texts.clear();
            return taken;
        }
    }

    private static Contract card(String id) {
        return Contract.newBuilder()
                .setId(id)
                .setSummary("Knits the sweater that is called " + id + ".")
                .addExamples("Knit " + id + ".")
                .addOutputs(Port.newBuilder().setName("fields").setType("fields"))
                .setKind(Contract.Kind.CODE)
                .build();
    }

    @Test
    void onlyTheNewCardIsEncoded() {
        models.prepare(FREIGHT);
        encoder.taken();
        models.forTrial().prepare(FREIGHT.with(card("aran")));
        assertThat(encoder.taken()).hasSize(4).allMatch(text -> text.contains("aran"));
    }

    @Test
    void whatATrialLearnsStaysWithIt() {
        models.prepare(FREIGHT);
        RouterModels trial = models.forTrial();
        EncoderPlanner planner = new EncoderPlanner(trial.plannerModels(), Clock.systemUTC());
        PlanRequest request =
                PlanRequest.newBuilder().setInstruction("Knit a warm sweater.").build();
        planner.plan(new PlanningRequest(request, FREIGHT.with(card("aran")), Instant.MAX));
        encoder.taken();
        planner.plan(new PlanningRequest(request, FREIGHT.with(card("aran")), Instant.MAX));
        assertThat(encoder.taken()).as("the trial remembers").isEmpty();

        models.prepare(FREIGHT.with(card("aran")));
        assertThat(encoder.taken()).as("the others do not").hasSize(4);
        new EncoderPlanner(models.plannerModels(), Clock.systemUTC())
                .plan(new PlanningRequest(request, FREIGHT, Instant.MAX));
        assertThat(encoder.taken()).isNotEmpty();
    }

    @Test
    void aCardIsNotNearItself() {
        Contract own = FREIGHT.all().iterator().next();
        List<SimilarCard> nearest = models.nearest(own, FREIGHT, 3);
        assertThat(nearest).hasSize(3).noneMatch(similar -> similar.contract().equals(own));
        assertThat(nearest).isSortedAccordingTo((one, other) -> Double.compare(other.similarity(), one.similarity()));

        Contract renamed = own.toBuilder().setId("another-name").build();
        SimilarCard first = models.nearest(renamed, FREIGHT, 1).getFirst();
        assertThat(first.contract()).isEqualTo(own);
        assertThat(first.nearlyTheSame()).isTrue();
    }
}
