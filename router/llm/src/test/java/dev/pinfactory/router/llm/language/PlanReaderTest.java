package dev.pinfactory.router.llm.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.router.llm.Freight;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanReaderTest {
    private static final String SCHEMA = """
            {"type": "object", "properties": {"from": {"type": "string"}, "weight": {"$ref": "#/$defs/kg"}},
             "$defs": {"kg": {"type": "object", "properties": {"gross": {"type": "string"}}}}}""";

    private static PlanAnswer read(PlanRequest.Builder task, String written) {
        return new PlanReader(Freight.request(task), 0.7).read(written);
    }

    private static Plan valid(PlanRequest.Builder task, String written) {
        PlanAnswer answer = read(task, written);
        assertThat(answer).isInstanceOf(PlanAnswer.Valid.class);
        return ((PlanAnswer.Valid) answer).plan();
    }

    private static List<String> problems(PlanRequest.Builder task, String written) {
        PlanAnswer answer = read(task, written);
        assertThat(answer).isInstanceOf(PlanAnswer.Invalid.class);
        return ((PlanAnswer.Invalid) answer).problems();
    }

    private static String step(String name, String specialist, String from, String more) {
        return "{\"name\": \"" + name + "\", \"specialist\": \"" + specialist
                + "\", \"inputs\": [{\"port\": \"in\", \"from\": [\"" + from + "\"]}], \"deliver\": true" + more + "}";
    }

    private static String plan(String... steps) {
        return "{\"steps\": [" + String.join(",", steps) + "]}";
    }

    @Test
    void aListIsWorkedOnOneByOne() {
        PlanRequest.Builder task = Freight.task("How late are these letters?");

        Plan plan = valid(task, plan(step("a", "delay-hours", "input:letters", ", \"for_each\": \"in\"")));

        assertThat(plan.getSteps(0).getForEach()).isEqualTo("in");
        assertThat(problems(task, plan(step("a", "delay-hours", "input:letters", ""))))
                .singleElement()
                .asString()
                .contains("step 'a'", "for_each");
    }

    @Test
    void twoStepsOfOneSpecialistGetDifferentIds() {
        Plan plan = valid(
                Freight.task("How late are notice and scan?"),
                plan(
                        step("x", "waybill-scan", "input:scan", ""),
                        step("y", "delay-hours", "input:notice", ""),
                        step("z", "delay-hours", "step:x.out", "")));

        assertThat(plan.getStepsList())
                .extracting(Step::getId)
                .containsExactly("waybill-scan", "delay-hours", "delay-hours-2");
        assertThat(plan.getSteps(2).getInputs(0).getSources(0).getStepOutput().getStep())
                .isEqualTo("waybill-scan");
    }

    @Test
    void aLabelMayBeSpelledAsTheCardSpellsIt() {
        Plan plan = valid(
                Freight.task("Translate the notice into French if it is sea freight"),
                plan(step("r", "route-class", "input:notice", ""), step("t", "notice-translate", "input:notice", """
                                , "parameters": [{"parameter": "language", "quote": "fr"}],
                                "when": {"output": "step:r.out#/label", "operator": "EQUALS", "quotes": ["SEA_FREIGHT"]}""")));

        Condition when = plan.getSteps(1).getWhen();
        assertThat(when.getValue().getStringValue()).isEqualTo("SEA_FREIGHT");
        assertThat(when.getOutput().getPointer()).isEqualTo("/label");
    }

    @Test
    void aLabelThatTheInstructionDoesNotNameIsRefused() {
        assertThat(problems(
                        Freight.task("Is it sea freight?"),
                        plan(
                                step("r", "route-class", "input:notice", ""),
                                step(
                                        "d",
                                        "delay-hours",
                                        "input:notice",
                                        ", \"when\": {\"output\": \"step:r.out#/label\", \"operator\": \"IN\","
                                                + " \"quotes\": [\"sea freight\", \"ROAD\"]}"))))
                .singleElement()
                .asString()
                .contains("'ROAD' does not stand in the instruction");
    }

    @Test
    void aPartOfANumberIsNoQuote() {
        assertThat(problems(
                        Freight.task("Claim 1,200 EUR for the notice"),
                        plan(step(
                                "c",
                                "claim-draft",
                                "input:notice",
                                ", \"parameters\": [{\"parameter\": \"amount\", \"quote\": \"200 EUR\"}]"))))
                .singleElement()
                .asString()
                .contains("'200 EUR' does not stand in the instruction");
    }

    @Test
    void theCallersSchemaIsFilledWhereItHasPlaces() throws InvalidProtocolBufferException {
        PlanRequest.Builder task = Freight.task("Shipper and weight of the notice");
        JsonFormat.parser().merge(SCHEMA, task.getOutputSchemaBuilder());
        String step = plan(step("f", "waybill-fields", "input:notice", ""));
        String filled = step.substring(0, step.length() - 1) + """
                , "output": [{"target": "/from", "from": ["step:f.out#/shipper"]},
                             {"target": "/weight/gross", "from": ["step:f.out#/weight"]}]}""";

        Plan plan = valid(task, filled);

        assertThat(plan.getOutputList()).extracting(OutputMapping::getTarget).containsExactly("/from", "/weight/gross");
        assertThat(plan.getOutput(1).getSources(0).getPointer()).isEqualTo("/weight");
        assertThat(problems(task, filled.replace("/weight/gross", "/weight/net")))
                .singleElement()
                .asString()
                .contains("no such place");
        assertThat(problems(task, step)).isNotEmpty();
    }

    @Test
    void withoutPartialResultsWhatIsDeliveredIsRequired() {
        PlanRequest.Builder task = Freight.task("How late is the notice?");
        String written = plan(step("a", "delay-hours", "input:notice", ""));
        assertThat(valid(task, written).getSteps(0).getRequired()).isFalse();

        task.getConstraintsBuilder().setAllowPartial(false);
        assertThat(valid(task, written).getSteps(0).getRequired()).isTrue();
    }

    @Test
    void aPlanForHalfOfTheRequestSaysWhatIsMissing() {
        String step = plan(step("a", "delay-hours", "input:notice", ""));
        Plan plan = valid(
                Freight.task("How late is it? And book a truck."),
                step.substring(0, step.length() - 1)
                        + ", \"not_possible\": [{\"quote\": \"book a truck\", \"reason\": \"no\\u0007body books\"}]}");

        assertThat(plan.getUnmet(0).getText()).isEqualTo("book a truck");
        assertThat(plan.getUnmet(0).getReason()).isEqualTo("no body books");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThat(problems(Freight.task("x"), """
                        {"steps": [{"name": "a b", "specialist": 7, "inputs": {}, "deliver": "yes", "when": {"operator": "LIKE"}}], "extra": 1}"""))
                .anyMatch(problem -> problem.contains("'extra'"))
                .anyMatch(problem -> problem.contains("steps[0].name"))
                .anyMatch(problem -> problem.contains("steps[0].specialist has to be a string"))
                .anyMatch(problem -> problem.contains("steps[0].inputs has to be a list"))
                .anyMatch(problem -> problem.contains("steps[0].deliver"))
                .anyMatch(problem -> problem.contains("steps[0].when.operator"))
                .anyMatch(problem -> problem.contains("steps[0].when.output is missing"));
    }
}
