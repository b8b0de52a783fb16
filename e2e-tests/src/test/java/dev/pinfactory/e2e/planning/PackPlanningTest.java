package dev.pinfactory.e2e.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How the shipped router plans for the specialists that ship. {@code requests.yaml} is what the planner is worked on with; {@code check-requests.yaml} is
 * not looked at in detail, so that it says whether the work was general. Not all plans are right yet. While the cards stay the same, the floors may only rise (from 14 to 25 cards the checks went from 72 to 70, those with schemas from 16 to 14).
 */
@Tag("long")
class PackPlanningTest {
    private static final int EXACT_REQUESTS = 240;
    private static final int EXACT_CHECKS = 70;
    private static final int EXACT_SCHEMAS = 50;
    private static final int EXACT_SCHEMA_CHECKS = 14;

    private static final int REFUSED_TRANSLATIONS = 135;

    private static final List<String> TRANSLATIONS = List.of(
            "Translate %s into %s.", "Please translate %s to %s", "Can you put %s into %s?", "I need %s in %s.");

    private static final PackPlanner PLANNER = new PackPlanner();

    @Test
    void mostRequestsArePlannedExactly() {
        assertThat(exact("requests.yaml", true)).isGreaterThanOrEqualTo(EXACT_REQUESTS);
    }

    @Test
    void mostRequestsThatNobodyWorkedOnArePlannedExactly() {
        assertThat(exact("check-requests.yaml", false)).isGreaterThanOrEqualTo(EXACT_CHECKS);
    }

    @Test
    void mostSchemasAreFilledExactly() {
        assertThat(exact("schema-requests.yaml", true)).isGreaterThanOrEqualTo(EXACT_SCHEMAS);
    }

    @Test
    void mostSchemasThatNobodyWorkedOnAreFilledExactly() {
        assertThat(exact("schema-checks.yaml", false)).isGreaterThanOrEqualTo(EXACT_SCHEMA_CHECKS);
    }

    private static int exact(String resource, boolean told) {
        List<PackRequest> requests = PackRequest.read(resource);
        List<String> failures = new ArrayList<>();
        Map<String, Integer> asked = new TreeMap<>();
        Map<String, Integer> right = new TreeMap<>();
        for (PackRequest request : requests) {
            List<String> faults = PLANNER.faults(request);
            asked.merge(request.kind(), 1, Integer::sum);
            right.merge(request.kind(), faults.isEmpty() ? 1 : 0, Integer::sum);
            if (!faults.isEmpty()) {
                failures.add(request.instruction() + "\n    " + String.join("; ", faults));
            }
        }
        int exact = requests.size() - failures.size();
        System.out.println(resource + ": " + exact + " of " + requests.size() + " plans are exact; of each kind: "
                + right + " of " + asked);
        if (told) {
            failures.forEach(System.out::println);
        }
        return exact;
    }

    /** Nobody in the pack translates, and two of them speak of languages or of the same texts. */
    @Test
    void aTranslationIsRefusedInMostOfItsWordings() {
        int asked = 0;
        int refused = 0;
        for (String thing : List.of("the letter", "this", "it", "the mail", "this text", "the review")) {
            for (String language : List.of("French", "Spanish", "German", "English", "Polish", "Japanese")) {
                for (String wording : TRANSLATIONS) {
                    PackRequest request = request(wording.formatted(thing, language), name(thing) + ":text");
                    asked++;
                    refused += PLANNER.plan(request.toPlanRequest()) instanceof Refused ? 1 : 0;
                }
            }
        }
        System.out.println("translations: " + refused + " of " + asked + " are refused");
        assertThat(refused).isGreaterThanOrEqualTo(REFUSED_TRANSLATIONS);
    }

    private static String name(String thing) {
        return thing.startsWith("the ") ? thing.substring("the ".length()) : "text";
    }

    private static PlanInWords plan(String instruction, String... inputs) {
        PackRequest request = request(instruction, inputs);
        Plan plan = ((Planned) PLANNER.plan(request.toPlanRequest())).plan();
        return new PlanInWords(instruction, plan);
    }

    private static PackRequest request(String instruction, String... inputs) {
        return new PackRequest(
                "",
                instruction,
                List.of(inputs),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    @Test
    void bothHalvesOfAQuestionArePlanned() {
        assertThat(plan("Which language is the mail written in, and is the customer happy?", "mail:text")
                        .steps())
                .containsExactlyInAnyOrder("language-id(mail)", "sentiment(mail)");
    }

    @Test
    void aListOfWishesReadsAnotherInputForEach() {
        assertThat(plan("Get the total from the invoice and the tone of the mail.", "invoice:text", "mail:text")
                        .steps())
                .containsExactlyInAnyOrder("receipt-fields(invoice)", "sentiment(mail)");
    }

    @Test
    void theHalfThatNobodyDoesIsNamed() {
        PlanInWords plan = plan("Tell me the language, the mood and the author's shoe size.", "letter:text");
        assertThat(plan.steps()).containsExactlyInAnyOrder("language-id(letter)", "sentiment(letter)");
        assertThat(plan.unmet()).containsExactly("the author's shoe size");
    }

    @Test
    void aQuestionThatNobodyAnswersIsNamed() {
        PlanInWords plan = plan("Which language is the email in, and is the train late?", "email:text");
        assertThat(plan.steps()).containsExactly("language-id(email)");
        assertThat(plan.unmet()).containsExactly("is the train late");
    }

    @Test
    void whatNobodyReadsIsNotReplacedByAnotherInput() {
        PlanInWords plan = plan(
                "Read the total from the recording of the sale and summarize the email.",
                "recording:series",
                "email:text");
        assertThat(plan.steps()).containsExactly("summary(email)");
        assertThat(plan.unmet()).containsExactly("Read the total from the recording of the sale");
    }

    @Test
    void whatSomebodyElseDoesLaterIsNotAskedFor() {
        PlanInWords plan =
                plan("Please remove the names from the interview before I hand it to my colleague.", "interview:text");
        assertThat(plan.steps()).containsExactly("pii-redact(interview)");
        assertThat(plan.unmet()).isEmpty();
    }

    @Test
    void aConditionSpeaksInOtherWordsThanTheLabel() {
        assertThat(plan("Provided that the writer is pleased, give me a summary of the letter.", "letter:text")
                        .steps())
                .containsExactlyInAnyOrder("sentiment(letter)", "summary(letter) if sentiment(letter) = positive");
    }

    @Test
    void ifSoMeansTheQuestionBefore() {
        assertThat(plan("Is the review positive? If so, summarize it.", "review:text")
                        .steps())
                .containsExactlyInAnyOrder("sentiment(review)", "summary(review) if sentiment(review) = positive");
    }
}
