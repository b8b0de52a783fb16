package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.SourceEvidence;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tasks under {@code examples/}: planned from their plain instruction, and right in what comes out. */
@ExtendWith(UpSwarm.Shared.class)
class ExamplesIT {
    private static final int PARTIAL = 3;
    private static final int REFUSED = 5;

    private static TaskResult run(UpSwarm swarm, String example) {
        return run(swarm, example, 0, TaskResult.Status.COMPLETE);
    }

    private static TaskResult run(UpSwarm swarm, String example, int exitCode, TaskResult.Status status) {
        Command.Answer answer =
                swarm.pin("run", "examples/" + example + ".yaml", "--json").run();
        assertThat(answer.exitCode()).as(answer.err() + answer.out()).isEqualTo(exitCode);
        TaskResult result = UpSwarm.result(answer.out());
        assertThat(result.getStatus()).as(answer.out()).isEqualTo(status);
        return result;
    }

    private static Set<String> specialists(TaskResult result) {
        Set<String> specialists = new TreeSet<>();
        result.getStepsList().stream()
                .filter(step -> step.getOutcome() == StepReport.Outcome.SUCCEEDED)
                .forEach(step -> specialists.add(step.getSpecialist()));
        return specialists;
    }

    /** Keys of objects and indices of lists, from the result inwards. */
    private static Value at(TaskResult result, Object... path) {
        Value value = result.getOutput();
        for (Object step : path) {
            value = step instanceof Integer index
                    ? value.getListValue().getValues(index)
                    : value.getStructValue().getFieldsOrThrow((String) step);
        }
        return value;
    }

    private static String text(TaskResult result, Object... path) {
        return at(result, path).getStringValue();
    }

    private static List<String> texts(TaskResult result, String list, String key) {
        return at(result, list).getListValue().getValuesList().stream()
                .map(value -> value.getStructValue().getFieldsOrThrow(key).getStringValue())
                .toList();
    }

    private static double score(TaskResult result, String table, int row) {
        return at(result, table, "rows", row, 1).getNumberValue();
    }

    @Test
    void aMailThatIsATrickIsSpamAndGoesOnWithoutItsNames(UpSwarm swarm) {
        TaskResult result = run(swarm, "suspicious-mail");
        assertThat(specialists(result)).containsExactlyInAnyOrder("spam", "language-id", "pii-redact");
        assertThat(text(result, "verdict", "label")).isEqualTo("spam");
        assertThat(text(result, "language", "label")).isEqualTo("en");
        assertThat(text(result, "redacted")).doesNotContain("Hollis").contains("You have WON");
    }

    @Test
    void anAbstentionLeavesAHoleAndSaysWhy(UpSwarm swarm) {
        TaskResult result = run(swarm, "contract-review", PARTIAL, TaskResult.Status.PARTIAL);
        assertThat(specialists(result)).containsExactlyInAnyOrder("clauses", "language-id", "pii-redact");
        assertThat(text(result, "kinds", "label")).isEqualTo("Unilateral termination");
        assertThat(text(result, "redacted")).doesNotContain("Laurent", "Dubois", "33 1 70");
        assertThat(result.getMissingList())
                .anySatisfy(missing -> assertThat(missing.getReason()).contains("abstained"));
        assertThat(result.getNeedsReview()).isTrue();
    }

    @Test
    void eachTableGoesToTheSpecialistThatKnowsItsColumns(UpSwarm swarm) {
        TaskResult result = run(swarm, "back-office-tables");
        assertThat(specialists(result)).containsExactlyInAnyOrder("risk", "fraud", "maintenance");
        assertThat(score(result, "risk.scores", 1)).isGreaterThan(score(result, "risk.scores", 2));
        assertThat(score(result, "fraud.scores", 1)).isGreaterThan(0.5);
        assertThat(score(result, "fraud.scores", 0)).isLessThan(0.1);
        assertThat(score(result, "maintenance.scores", 2)).isGreaterThan(0.5);
        assertThat(score(result, "maintenance.scores", 0)).isLessThan(0.1);
    }

    @Test
    void aSeriesGoesOnAsItsDaysDidBesideTheMachinesAndTheReport(UpSwarm swarm) {
        TaskResult result = run(swarm, "plant-week");
        assertThat(specialists(result)).containsExactlyInAnyOrder("forecast", "maintenance", "summary");
        List<Value> load = at(result, "forecast", 0, "values").getListValue().getValuesList();
        assertThat(load).hasSize(24);
        for (int hour = 0; hour < 24; hour++) {
            assertThat(load.get(hour).getNumberValue())
                    .as("the load of hour " + hour)
                    .isCloseTo(60 + 18 * Math.sin((hour - 9) * Math.PI / 12), within(4.0));
        }
        assertThat(score(result, "scores", 2)).isGreaterThan(0.5);
        assertThat(score(result, "scores", 0)).isLessThan(0.1);
        assertThat(text(result, "summary")).contains("belt of the feeder");
    }

    @Test
    void everyItemOfAListGoesThroughTheSameSpecialists(UpSwarm swarm) {
        TaskResult result = run(swarm, "reviews");
        assertThat(specialists(result)).containsExactlyInAnyOrder("language-id", "sentiment", "pii-redact");
        assertThat(text(result, "sentiment", 0, "label")).isEqualTo("positive");
        assertThat(text(result, "sentiment", 1, "label")).isEqualTo("negative");
        assertThat(at(result, "redacted").getListValue().getValuesCount()).isEqualTo(3);
        assertThat(text(result, "redacted", 1)).doesNotContain("Whitfield", "7946");
    }

    @Test
    void aConditionIsDecidedBeforeWhatDependsOnIt(UpSwarm swarm) {
        TaskResult result = run(swarm, "unhappy-guest");
        assertThat(specialists(result)).containsExactlyInAnyOrder("language-id", "sentiment", "summary");
        assertThat(text(result, "summary")).contains("heating was broken");
        assertThat(result.getPlan().getStepsList())
                .anySatisfy(step -> assertThat(step.hasWhen()).isTrue());
    }

    @Test
    void theCallersSchemaIsFilled(UpSwarm swarm) {
        TaskResult result = run(swarm, "schema");
        assertThat(specialists(result)).containsExactlyInAnyOrder("receipt-fields", "language-id", "sentiment");
        assertThat(text(result, "vendor")).isEqualTo("GARDENIA BAKERIES (KL) SDN BHD");
        assertThat(text(result, "paid_on")).isEqualTo("2017-08-12");
        assertThat(text(result, "amount")).isEqualTo("10.80");
        assertThat(text(result, "mail_language")).isEqualTo("en");
        assertThat(text(result, "mood")).isEqualTo("negative");
    }

    @Test
    void theHalfThatNobodyDoesIsNamedAndTheOtherDone(UpSwarm swarm) {
        TaskResult result = run(swarm, "half-possible", PARTIAL, TaskResult.Status.PARTIAL);
        assertThat(specialists(result)).containsExactlyInAnyOrder("summary", "language-id", "sentiment");
        assertThat(result.getMissingList())
                .anySatisfy(missing -> assertThat(missing.toString()).contains("translate it into Japanese"));
    }

    @Test
    void aSpokenCommandIsTakenApart(UpSwarm swarm) {
        TaskResult result = run(swarm, "voice-command");
        assertThat(specialists(result)).containsExactlyInAnyOrder("slots", "language-id", "pii");
        assertThat(text(result, "intent", "label")).isEqualTo("BookRestaurant");
        assertThat(texts(result, "slots", "text")).contains("four", "italian", "Boston");
    }

    @Test
    void aBanksCustomerIsUnderstood(UpSwarm swarm) {
        TaskResult result = run(swarm, "bank-chat");
        assertThat(specialists(result)).containsExactlyInAnyOrder("intent", "spam", "sentiment", "pii");
        assertThat(text(result, "intent", "label")).isEqualTo("card_arrival");
        assertThat(text(result, "sentiment", "label")).isEqualTo("negative");
        assertThat(text(result, "verdict", "label")).isEqualTo("ham");
        assertThat(texts(result, "entities", "text")).contains("Helen Brandt", "helen.brandt@example.com");
    }

    @Test
    void theTextOfAPhotoIsRecognizedBeforeItIsRead(UpSwarm swarm) {
        TaskResult result = run(swarm, "receipt-photo");
        assertThat(specialists(result)).containsExactlyInAnyOrder("ocr", "receipt-fields", "document-type");
        assertThat(text(result, "fields", "company")).isEqualTo("KHIAM AIK CHAN SDN BHD");
        assertThat(text(result, "fields", "date")).isEqualTo("2017-09-25");
        assertThat(text(result, "fields", "total")).isEqualTo("28.40");
        assertThat(text(result, "type", "label")).isEqualTo("receipt");
        SourceEvidence evidence =
                result.getProvenanceOrThrow("/fields/total").getSources(0).getEvidence(0);
        assertThat(evidence.getInput()).isEqualTo("receipt");
        assertThat(evidence.getPlace().getPage()).isEqualTo(1);
        assertThat(evidence.getPlace().getBox().getRight())
                .isGreaterThan(evidence.getPlace().getBox().getLeft());
    }

    @Test
    void whatIsAttachedToAMailIsReadOneByOne(UpSwarm swarm) {
        TaskResult result = run(swarm, "trip-receipts");
        assertThat(specialists(result))
                .containsExactlyInAnyOrder("attachments", "document-text", "receipt-fields", "sentiment", "summary");
        assertThat(text(result, "fields", 0, "company")).isEqualTo("HARBOUR LIGHTS HOTEL LTD");
        assertThat(text(result, "fields", 0, "date")).isEqualTo("2026-04-17");
        assertThat(text(result, "fields", 0, "total")).isEqualTo("214.00");
        assertThat(text(result, "fields", 1, "company")).isEqualTo("KHIAM AIK CHAN SDN BHD");
        assertThat(text(result, "fields", 1, "total")).isEqualTo("28.40");
        assertThat(text(result, "sentiment", "label")).isEqualTo("positive");
        assertThat(text(result, "summary")).contains("two receipts");
    }

    @Test
    void aPdfIsReadForThreeSpecialists(UpSwarm swarm) {
        TaskResult result = run(swarm, "storage-agreement");
        assertThat(specialists(result))
                .containsExactlyInAnyOrder("document-text", "clauses", "normaliser", "pii-redact");
        assertThat(texts(result, "clauses", "label")).containsExactly("Unilateral change");
        assertThat(texts(result, "values", "value")).containsExactly("2026-05-01", "120.00", "2026-04-14");
        assertThat(text(result, "redacted"))
                .contains("stores the goods of the Customer")
                .doesNotContain("Whitfield", "117 496");
    }

    @Test
    void whereTwoSpecialistsDisagreeBothAreShown(UpSwarm swarm) {
        TaskResult result = run(swarm, "two-readings");
        assertThat(specialists(result)).containsExactlyInAnyOrder("pii", "entities", "urgency");
        assertThat(texts(result, "entities", "text")).contains("Hannah Whitfield", "+44 117 496 0123");
        assertThat(result.getConflictsList())
                .isNotEmpty()
                .allSatisfy(
                        conflict -> assertThat(conflict.getCandidatesCount()).isEqualTo(2));
        assertThat(result.getNeedsReview()).isTrue();
        assertThat(text(result, "urgency", "label")).isEqualTo("high");
    }

    @Test
    void whatNobodyDoesIsRefusedBeforeAnythingRuns(UpSwarm swarm) {
        TaskResult result = run(swarm, "nothing-to-do", REFUSED, TaskResult.Status.REFUSED);
        assertThat(result.getStepsList()).isEmpty();
        assertThat(result.getRefusal().getMessage()).contains("Book a flight to Lisbon");
    }

    @Test
    void whatALanguageModelWouldCostStandsBesideTheCost(UpSwarm swarm) {
        TaskResult result = run(swarm, "bank-chat");
        assertThat(result.getCost().getCpuSeconds()).isPositive();
        assertThat(result.getCost().getBytesIn()).isPositive();
        assertThat(result.getLlmEstimate().getInputTokens()).isPositive();
        assertThat(result.getLlmEstimate().getBasis()).startsWith("estimate");
    }
}
