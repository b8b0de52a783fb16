package dev.pinfactory.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A running swarm whose router may ask a large language model: a WireMock that speaks OpenAI's protocol. */
@ExtendWith(UpSwarm.Shared.class)
class LanguageModelIT {
    private static final String PATH = "/v1/chat/completions";
    private static final int REFUSED = 5;

    /** Nothing that the cards say, so that the encoder is unsure. */
    private static final String INSTRUCTION = "Do your usual two things with the scribble";

    private static final String PLAN = """
            {"steps": [
              {"name": "a", "specialist": "language-id", "inputs": [{"port": "text", "from": ["input:scribble"]}], "parameters": [],
               "for_each": null, "when": null, "deliver": true, "asked_by": "your usual two things", "reason": "the first"},
              {"name": "b", "specialist": "sentiment", "inputs": [{"port": "text", "from": ["input:scribble"]}], "parameters": [],
               "for_each": null, "when": null, "deliver": true, "asked_by": "your usual two things", "reason": "the second"}],
             "output": [], "not_possible": []}
            """;

    @BeforeEach
    void forget(UpSwarm swarm) {
        swarm.languageModel().resetAll();
    }

    private static void answers(UpSwarm swarm, String content) throws Exception {
        Struct message = Struct.newBuilder()
                .putFields("role", string("assistant"))
                .putFields("content", string(content))
                .build();
        String body = """
                {"object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop", "message": %s}],
                 "usage": {"prompt_tokens": 1000, "completion_tokens": 200}}
                """.formatted(JsonFormat.printer().print(message));
        swarm.languageModel()
                .stubFor(post(urlEqualTo(PATH))
                        .willReturn(aResponse()
                                .withHeader("Content-Type", "application/json")
                                .withBody(body)));
    }

    private static Command.Answer run(UpSwarm swarm, String... more) {
        String[] arguments = {
            "run", "--json", "-i", INSTRUCTION, "--input", "scribble=The room was wonderful, thank you!"
        };
        String[] all = java.util.stream.Stream.of(arguments, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
        return swarm.pin(all).run();
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    @Test
    void whatTheEncoderIsUnsureOfIsPlannedByTheModelAndRun(UpSwarm swarm) throws Exception {
        answers(swarm, PLAN);

        TaskResult result =
                UpSwarm.result(run(swarm, "--may-escalate").succeeded().out());

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(result.getPlan().getPlanner()).isEqualTo(Plan.Planner.LLM);
        assertThat(result.getPlan().getStepsList())
                .extracting(Step::getSpecialist)
                .containsExactlyInAnyOrder("language-id", "sentiment");
        assertThat(result.getStepsList())
                .allSatisfy(step -> assertThat(step.getOutcome()).isEqualTo(StepReport.Outcome.SUCCEEDED));
        assertThat(result.getOutput().toString()).contains("\"en\"", "\"positive\"");
        assertThat(result.getCost().getLlmTokens()).isEqualTo(1200);
        assertThat(result.getCost().getCalls()).isEqualTo(2);
    }

    @Test
    void withoutPermissionTheModelIsNotAsked(UpSwarm swarm) throws Exception {
        answers(swarm, PLAN);

        Command.Answer answer = run(swarm);

        assertThat(answer.exitCode()).isEqualTo(REFUSED);
        swarm.languageModel().verify(0, postRequestedFor(urlEqualTo(PATH)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I would find out the language first, and then the tone.",
                "{\"steps\": [{\"name\": \"a\", \"specialist\": \"omniscient\", \"inputs\": []}], \"output\": [], \"not_possible\": []}",
                "{\"steps\": ["
            })
    void garbageIsARefusalAndNothingRuns(String garbage, UpSwarm swarm) throws Exception {
        answers(swarm, garbage);

        Command.Answer answer = run(swarm, "--may-escalate");

        assertThat(answer.exitCode()).isEqualTo(REFUSED);
        TaskResult result = UpSwarm.result(answer.out());
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.REFUSED);
        assertThat(result.getStepsList()).isEmpty();
        // Once, and once more with what was wrong.
        swarm.languageModel().verify(2, postRequestedFor(urlEqualTo(PATH)));
        assertThat(result.getCost().getLlmTokens()).isEqualTo(2400);
    }
}
