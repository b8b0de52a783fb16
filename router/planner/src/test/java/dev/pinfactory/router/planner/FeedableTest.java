package dev.pinfactory.router.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PlanRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedableTest {
    private static final Contracts CARDS = Contracts.of(
            TestingCards.card(
                    "scan",
                    "read.scan",
                    "scan",
                    List.of(TestingCards.port("image", "image")),
                    List.of(TestingCards.port("table", "table"))),
            TestingCards.card(
                    "sum",
                    "sum",
                    "sum",
                    List.of(
                            TestingCards.port("table", "table"),
                            TestingCards.port("history", "series").toBuilder()
                                    .setOptional(true)
                                    .build()),
                    List.of(TestingCards.port("total", "score"))),
            TestingCards.card(
                    "join",
                    "join",
                    "join",
                    List.of(TestingCards.port("table", "table"), TestingCards.port("series", "series")),
                    List.of(TestingCards.port("table", "table"))),
            TestingCards.CONDENSE);

    private static List<String> feedable(String... types) {
        PlanRequest.Builder request = PlanRequest.newBuilder();
        for (String type : types) {
            request.addInputs(InputDescription.newBuilder().setName(type).setType(type));
        }
        return Feedable.of(request.build(), CARDS).all().stream()
                .map(Contract::getId)
                .toList();
    }

    @Test
    void whatIsThereFeedsAndSoDoesWhatIsMadeOfIt() {
        assertThat(feedable("image")).containsExactly("condense", "scan", "sum");
    }

    @Test
    void everyRequiredInputIsNeeded() {
        assertThat(feedable("table")).containsExactly("condense", "sum");
        assertThat(feedable("table", "series")).containsExactly("condense", "join", "sum");
    }

    @Test
    void aTableFeedsWhoFindsAtLeastHalfOfItsColumns() {
        assertThat(fedBy("age", "income")).containsExactly("any", "clients");
        assertThat(fedBy("age", "rpm", "torque")).containsExactly("any", "machines");
        assertThat(fedBy("colour")).containsExactly("any");
    }

    @Test
    void aTableWhoseColumnsAreNotKnownFeedsAll() {
        assertThat(fedBy()).containsExactly("any", "clients", "machines");
    }

    private static List<String> fedBy(String... columns) {
        Contracts cards = Contracts.of(
                reader("any"), reader("clients", "age", "income", "job"), reader("machines", "rpm", "torque"));
        PlanRequest request = PlanRequest.newBuilder()
                .addInputs(InputDescription.newBuilder()
                        .setName("t")
                        .setType("table")
                        .addAllColumns(List.of(columns)))
                .build();
        return Feedable.of(request, cards).all().stream().map(Contract::getId).toList();
    }

    private static Contract reader(String id, String... columns) {
        return TestingCards.card(
                id,
                "score",
                id,
                List.of(TestingCards.port("table", "table").toBuilder()
                        .addAllColumns(List.of(columns))
                        .build()),
                List.of(TestingCards.port("scores", "score")));
    }

    @Test
    void whoLearntFromTheSeriesIsTakenAndNotTheGeneralOne() {
        assertThat(forecasting(List.of("load", "oil"))).containsExactly("own", "trend");
        assertThat(forecasting(List.of("sales"))).containsExactly("general", "trend");
        assertThat(forecasting(List.of())).containsExactly("general", "own", "trend");
        assertThat(forecasting(List.of("load"), List.of("sales"))).containsExactly("general", "own", "trend");
    }

    @SafeVarargs
    private static List<String> forecasting(List<String>... inputs) {
        Contracts cards = Contracts.of(
                forecaster("general", "forecast.series"),
                forecaster("own", "forecast.own", "load", "oil"),
                forecaster("trend", "describe.trend"));
        PlanRequest.Builder request = PlanRequest.newBuilder();
        for (List<String> names : inputs) {
            request.addInputsBuilder().setType("series").addAllColumns(names);
        }
        return Feedable.of(request.build(), cards).all().stream()
                .map(Contract::getId)
                .toList();
    }

    private static Contract forecaster(String id, String capability, String... names) {
        return TestingCards.card(
                id,
                capability,
                id,
                List.of(TestingCards.port("series", "series").toBuilder()
                        .addAllColumns(List.of(names))
                        .build()),
                List.of(TestingCards.port("forecast", "series")));
    }

    @Test
    void wordsOfTheInstructionAreAText() {
        assertThat(feedable()).containsExactly("condense");
    }
}
