package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.TrainingLibrary.Request;
import dev.pinfactory.router.models.TuningBatches.Batch;
import dev.pinfactory.router.models.TuningBatches.Source;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TuningBatchesTest {
    private static final int TOOLS = 60;

    private final TuningBatches batches = new TuningBatches(List.of(source("first", 1), source("second", 3)), 7);

    /** Every request needs the tool of its own number. */
    private static Source source(String library, int weight) {
        List<Contract> contracts = IntStream.range(0, TOOLS)
                .mapToObj(tool -> Contract.newBuilder()
                        .setId(library + "-" + tool)
                        .setSummary("Does the " + library + " work number " + tool + ".")
                        .build())
                .toList();
        List<Request> requests = IntStream.range(0, TOOLS)
                .mapToObj(tool -> new Request(library + " request " + tool, Set.of(library + "-" + tool)))
                .toList();
        return new Source(new TrainingLibrary(library, contracts, requests), requests, weight);
    }

    @Test
    void aRequestIsLabelledWithTheCardThatItNeedsAndNoOther() {
        for (int i = 0; i < 20; i++) {
            Batch batch = batches.next();
            int cards = batch.cards().size();
            for (int request = 0; request < batch.requests().size(); request++) {
                String number = batch.requests().get(request).replaceAll("\\D", "");
                for (int card = 0; card < cards; card++) {
                    boolean needed =
                            batch.cards().get(card).replaceAll("\\D+$", "").endsWith(" " + number);
                    assertThat(batch.labels()[request * cards + card]).isEqualTo(needed ? 1 : 0);
                }
            }
        }
    }

    @Test
    void someRequestsNeedACardThatIsNotThere() {
        long unanswered = 0;
        for (int i = 0; i < 40; i++) {
            Batch batch = batches.next();
            int cards = batch.cards().size();
            unanswered += IntStream.range(0, batch.requests().size())
                    .filter(request ->
                            IntStream.range(0, cards).noneMatch(card -> batch.labels()[request * cards + card] == 1))
                    .count();
        }
        assertThat(unanswered).isBetween(10L, 200L);
    }

    @Test
    void aBatchIsOfOneLibraryAndHeavierOnesComeMoreOften() {
        int second = 0;
        for (int i = 0; i < 200; i++) {
            Batch batch = batches.next();
            String library = batch.requests().getFirst().split(" ")[0];
            assertThat(batch.requests()).allMatch(request -> request.startsWith(library));
            assertThat(batch.cards()).allMatch(card -> card.contains(library));
            second += library.equals("second") ? 1 : 0;
        }
        assertThat(second).isBetween(120, 180);
    }
}
