package dev.pinfactory.orchestrator.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.orchestrator.service.testing.WithSwarm;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.Refusal;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** REST as clients see it, over a socket. */
class RestTest extends WithSwarm {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TASK = """
            {"instruction": "rewrite this note", "inputs": [{"name": "note", "type": "text", "text": "hello"}]}
            """;

    @BeforeEach
    void ordinary() {
        swarm.plans("first", "second");
    }

    @Test
    void whereNothingIsATypeWithAWildcardFindsNothingEither() throws Exception {
        HttpResponse<String> response = send(request("/v1/pinned-plans/")
                .header("Content-Type", "*/*")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("there is nothing here");
    }

    @Test
    void answersTheResultWithDefaultValuesWrittenOut() throws Exception {
        HttpResponse<String> response = post("/v1/tasks", TASK);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode result = json(response);
        assertThat(result.get("status").asString()).isEqualTo("COMPLETE");
        assertThat(result.get("needsReview").asBoolean()).isFalse();
        assertThat(result.get("conflicts").isEmpty()).isTrue();
        assertThat(result.get("output").get("text").asString()).isEqualTo("HELLO");
        assertThat(result.get("provenance").has("/text")).isTrue();
    }

    @Test
    void respondAsyncAnswersWhereTheTaskIs() throws Exception {
        HttpResponse<String> accepted = send(request("/v1/tasks")
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .POST(BodyPublishers.ofString(TASK)));
        assertThat(accepted.statusCode()).isEqualTo(202);
        String location = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(location)
                .isEqualTo("/v1/tasks/" + json(accepted).get("taskId").asString());
        HttpResponse<String> events = send(request(location + "/events").GET());
        assertThat(events.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(events.body()).startsWith("id:1\n").contains("event:ended").contains("\"refusal\":null");
        HttpResponse<String> rest =
                send(request(location + "/events").header("Last-Event-ID", "2").GET());
        assertThat(rest.body()).startsWith("id:3\n");
        assertThat(json(send(request(location).GET())).get("state").asString()).isEqualTo("ENDED");
        assertThat(json(send(request("/v1/tasks?state=ENDED&pageSize=1").GET()))
                        .get("tasks")
                        .size())
                .isEqualTo(1);
        assertThat(send(request(location).DELETE()).statusCode()).isEqualTo(204);
        assertThat(send(request(location).GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void anUploadedFileIsAnInput() throws Exception {
        HttpResponse<String> uploaded = multipart("/v1/inputs", part("note", "a.txt", "text/plain", "uploaded"));
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(200);
        JsonNode ref = json(uploaded).get("inputs").get("note");
        assertThat(ref.get("digest").asString()).startsWith("sha256:");
        String task =
                "{\"instruction\": \"rewrite\", \"inputs\": [{\"name\": \"note\", \"type\": \"text\", \"ref\": {\"digest\": \""
                        + ref.get("digest").asString() + "\"}}]}";
        assertThat(json(post("/v1/tasks", task)).get("output").get("text").asString())
                .isEqualTo("UPLOADED");
    }

    @Test
    void aTextThatIsTooLargeToBeReadIsRefusedWhenTheTaskComes() throws Exception {
        String text = "a".repeat(5 * 1024 * 1024);
        HttpResponse<String> uploaded = multipart("/v1/inputs", part("note", "a.txt", "text/plain", text));
        String digest = json(uploaded).at("/inputs/note/digest").asString();
        HttpResponse<String> answer = post("/v1/tasks", """
                {"instruction": "Shout the note", "inputs": [{"name": "note", "type": "text", "ref": {"digest": "%s"}}]}
                """.formatted(digest));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/violations/0/field").asString()).isEqualTo("inputs[0].ref");
        assertThat(json(answer).at("/violations/0/description").asString())
                .startsWith("has 5,242,880 bytes; a text or value that is referred to has at most 4,194,304");
    }

    @Test
    void aTaskAndItsFileComeInOneBody() throws Exception {
        String task = "{\"instruction\": \"rewrite\"}";
        HttpResponse<String> response = multipart(
                "/v1/tasks",
                part("task", null, "application/json", task) + part("note", "a.txt", "text/plain", "beside"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).get("output").get("text").asString()).isEqualTo("BESIDE");
    }

    @Test
    void plansWithoutRunning() throws Exception {
        long calls = swarm.specialists().calls("first");
        JsonNode plan = json(post("/v1/plans", TASK)).get("plan");
        assertThat(plan.get("steps").size()).isEqualTo(2);
        assertThat(swarm.specialists().calls("first")).isEqualTo(calls);
    }

    @Test
    void aPlanIsPinnedShownListedRunAndErased() throws Exception {
        HttpResponse<String> pinned = post("/v1/pinned-plans/rest-claim", TASK);
        assertThat(pinned.statusCode()).as(pinned.body()).isEqualTo(200);
        assertThat(json(pinned).get("created").asBoolean()).isTrue();
        assertThat(json(pinned).get("pinnedPlan").get("version").asInt()).isEqualTo(1);
        JsonNode shown = json(send(request("/v1/pinned-plans/rest-claim@1").GET()));
        assertThat(shown.get("instruction").asString()).isEqualTo("rewrite this note");
        JsonNode list =
                json(send(request("/v1/pinned-plans?name=rest-claim&pageSize=1").GET()));
        assertThat(list.get("pinnedPlans").get(0).get("digest").asString())
                .isEqualTo(shown.get("digest").asString());
        JsonNode result = json(post(
                "/v1/tasks", TASK.replace("\"instruction\": \"rewrite this note\"", "\"pinnedPlan\": \"rest-claim\"")));
        assertThat(result.get("plan").get("planner").asString()).isEqualTo("PINNED");
        assertThat(send(request("/v1/pinned-plans/rest-claim").DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(send(request("/v1/pinned-plans/rest-claim").GET()).statusCode())
                .isEqualTo(404);
    }

    private static final String CARD = """
            {"card": {"contract": {"id": "fourth", "capability": "rewrite.fourth", "summary": "Rewrites text", "kind": "MODEL",
                "inputs": [{"name": "text", "type": "text"}], "outputs": [{"name": "text", "type": "text"}]},
              "version": {"number": "1.0.0"}},
             "recent": 0}
            """;

    @Test
    void whatACardWouldChangeIsAnsweredOnceItIsKnown() throws Exception {
        HttpResponse<String> response = post("/v1/specialists/assess", CARD);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode impact = json(response);
        assertThat(impact.get("specialist").asString()).isEqualTo("fourth");
        assertThat(impact.get("recent").get("requests").asInt()).isZero();
        assertThat(impact.get("pinnedPlans").isArray()).isTrue();
        HttpResponse<String> bad = post("/v1/specialists/assess", CARD.replace("\"fourth\"", "\"Not an id\""));
        assertThat(bad.statusCode()).as(bad.body()).isEqualTo(400);
        assertThat(json(bad).get("code").asString()).isEqualTo("CARD_INVALID");
        assertThat(json(bad).get("violations").get(0).get("field").asString()).isEqualTo("card.contract.id");
        HttpResponse<String> unknown = post("/v1/specialists/assess", CARD.replace("\"recent\"", "\"resent\""));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json(unknown).get("violations").get(0).get("field").asString())
                .isEqualTo("resent");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/pinned-plans/Not%20a%20name, '', 400",
        "POST, /v1/pinned-plans/Name, application/json, 400",
        "DELETE, /v1/pinned-plans/nothing@3, '', 404",
        "POST, /v1/specialists/assess, application/json, 400",
        "GET, /v1/specialists/assess, '', 405",
        "GET, /v1/pinned-plans?colour=red, '', 400",
        "GET, /v1/nothing, '', 404",
        "PUT, /v1/tasks, application/json, 405",
        "POST, /v1/tasks, text/plain, 415",
        "GET, /v1/tasks/unknown, '', 404",
        "GET, /v1/tasks?colour=red, '', 400",
        "GET, /v1/tasks?state=GONE, '', 400",
        "GET, /v1/tasks?pageToken=abc, '', 400"
    })
    void everyErrorIsAProblem(String method, String path, String contentType, int status) throws Exception {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString("{}"));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).get("status").asInt()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"instruction\": \"x\", \"colour\": 1} | colour",
                "{\"instruction\": \"\"} | instruction",
                "{\"instruction\": \"x\", \"inputs\": [{\"name\": \"a\", \"type\": \"smell\", \"text\": \"b\"}]} | inputs[0].type",
                "{\"instruction\": 3.5, \"labels\": {\"a\": {}}} | labels[a]",
                "{\"instruction\": \"x\", \"inputs\": [{\"name\": \"a\"}, {\"name\": {}}]} | inputs[1].name",
                "{\"instruction\": \"x\", \"inputs\": {\"name\": \"a\"}} | inputs",
                "{\"instruction\": \"x\", \"constraints\": 7} | constraints",
                "{\"instruction\": \"x\", \"constraints\": {\"deadline\": \"tomorrow\"}} | constraints.deadline",
                "{\"instruction\": \"x\", \"constraints\": {\"cost_ceiling\": {\"cpuSeconds\": \"many\"}}} | constraints.costCeiling.cpuSeconds",
                "{\"instruction\": \"x\", \"constraints\": {\"priority\": \"SOON\"}} | constraints.priority",
                "{\"instruction\": \"x\", \"constraints\": {\"hurry\": true}} | constraints.hurry",
                "{\"instruction\": \"x\", \"constraints\": {\"allowedSpecialists\": [\"ghost\"]}} | constraints.allowedSpecialists[0]",
                "{\"instruction\": \"x\", \"constraints\": {\"deadline\": \"2001-01-01T00:00:00Z\"}} | constraints.deadline",
                "{\"pinnedPlan\": \"Not a name\"} | pinnedPlan",
                "{\"instruction\": | body"
            })
    void aWrongFieldIsNamed(String body, String field) throws Exception {
        HttpResponse<String> response = post("/v1/tasks", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).get("violations").get(0).get("field").asString())
                .isEqualTo(field);
    }

    @Test
    void whatWasExpectedIsSaid() throws Exception {
        assertThat(description("{\"instruction\": \"x\", \"constraints\": {\"deadline\": \"tomorrow\"}}"))
                .isEqualTo("\"tomorrow\" came; expected a time such as \"2026-01-31T12:00:00Z\"");
        assertThat(description("{\"instruction\": \"x\", \"colour\": 1}"))
                .startsWith("is not a field of Task; expected one of")
                .contains("instruction", "outputSchema");
        assertThat(description("{\"instruction\": \"x\", \"constraints\": {\"allowedSpecialists\": [\"ghost\"]}}"))
                .contains("'ghost'", "expected one of first, second, third");
    }

    private static String description(String body) throws Exception {
        return json(post("/v1/tasks", body))
                .get("violations")
                .get(0)
                .get("description")
                .asString();
    }

    /** Searching costs time, so it has a limit; the answer is less exact then, and quick. */
    @Test
    void theWrongItemOfVeryManyIsNotSearchedFor() throws Exception {
        String body = "{\"instruction\": \"x\", \"constraints\": {\"allowedSpecialists\": [" + "\"a\",".repeat(200_000)
                + "{}]}}";
        HttpResponse<String> response = post("/v1/tasks", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("violations").get(0).get("field").asString())
                .isEqualTo("constraints.allowedSpecialists");
    }

    @Test
    void aKeyForAnotherBodyIsNamed() throws Exception {
        HttpRequest.Builder keyed = request("/v1/tasks")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "rest-reused");
        assertThat(send(keyed.POST(BodyPublishers.ofString(TASK))).statusCode()).isEqualTo(200);
        HttpResponse<String> other = send(keyed.POST(BodyPublishers.ofString(TASK.replace("hello", "other"))));
        assertThat(other.statusCode()).as(other.body()).isEqualTo(422);
        assertThat(json(other).get("violations").get(0).get("field").asString()).isEqualTo("idempotency-key");
    }

    @Test
    void aBodyThatIsNoJsonIsNamedInOneLine() throws Exception {
        HttpResponse<String> response = post("/v1/tasks", "{\"instruction\": \"x");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).get("detail").asString())
                .startsWith("body: is not JSON of the expected shape: Unterminated string at line 1")
                .doesNotContain("\n", "github");
    }

    @Test
    void aNumberThatIsTooLargeIsNamed() throws Exception {
        String body = """
                {"instruction": "rewrite this note", "inputs": [{"name": "note", "type": "record", "json": {"a": [1, -1e999]}}]}""";
        HttpResponse<String> response = post("/v1/tasks", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("inputs[0].json/a/1");
        HttpResponse<String> schema =
                post("/v1/pinned-plans/pin", "{\"instruction\": \"x\", \"outputSchema\": {\"default\": 1e999}}");
        assertThat(schema.statusCode()).as(schema.body()).isEqualTo(400);
    }

    @Test
    void aBodyThatIsTooLargeIsNamed() throws Exception {
        HttpResponse<String> response = post("/v1/tasks", " ".repeat(17 << 20));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
        assertThat(json(response).get("violations").get(0).get("field").asString())
                .isEqualTo("body");
    }

    @Test
    void everyFieldOfARefusedResultIsThere() throws Exception {
        swarm.router()
                .answers(request -> PlanResponse.newBuilder()
                        .setRefusal(Refusal.newBuilder()
                                .setReason(Refusal.Reason.NOT_UNDERSTOOD)
                                .setMessage("not understood"))
                        .build());
        JsonNode result = json(post("/v1/tasks", TASK));
        assertThat(result.get("status").asString()).isEqualTo("REFUSED");
        assertThat(result.get("output").isNull()).isTrue();
        assertThat(result.get("plan").isNull()).isTrue();
    }

    @Test
    void anInvalidSchemaIsRefused() throws Exception {
        HttpResponse<String> response =
                post("/v1/tasks", "{\"instruction\": \"x\", \"outputSchema\": {\"type\": \"objekt\"}}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("outputSchema");
    }

    @Test
    void deepJsonIsRefused() throws Exception {
        String deep = "{\"outputSchema\": " + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_001);
        HttpResponse<String> response = post("/v1/tasks", deep);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("nested deeper");
    }

    /** Within what JSON may have, and deeper than protobuf or a schema goes. */
    @Test
    void aDeepSchemaIsRefusedByField() throws Exception {
        String deep =
                "{\"instruction\": \"x\", \"outputSchema\": " + "{\"properties\": ".repeat(60) + "{}" + "}".repeat(61);
        HttpResponse<String> response = post("/v1/tasks", deep);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).get("violations").get(0).get("field").asString())
                .startsWith("outputSchema");
    }

    @Test
    void tenThousandInputsAreRefused() throws Exception {
        StringBuilder body = new StringBuilder("{\"instruction\": \"x\", \"inputs\": [");
        for (int i = 0; i < 10_000; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"name\": \"i")
                    .append(i)
                    .append("\", \"type\": \"text\", \"text\": \"a\"}");
        }
        HttpResponse<String> response = post("/v1/tasks", body.append("]}").toString());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("violations").get(0).get("field").asString())
                .isEqualTo("inputs");
    }

    @Test
    void aCyclicPlanIsRefusedByStepAndField() throws Exception {
        String body =
                "{\"instruction\": \"x\", \"plan\": {\"steps\": [{\"id\": \"a\", \"specialist\": \"first\", \"inputs\": ["
                        + "{\"port\": \"text\", \"sources\": [{\"stepOutput\": {\"step\": \"a\", \"output\": \"text\"}}]}]}]}}";
        HttpResponse<String> response = post("/v1/tasks", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).get("code").asString()).isEqualTo("PLAN_INVALID");
    }

    @Test
    void aHugeUploadIsRefusedByItsLength() throws Exception {
        String answer = raw("Content-Length: " + (1L << 30), 0);
        assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
    }

    @Test
    void aHugeUploadWithoutLengthIsRefusedAfterTheLimit() throws Exception {
        long limit = 64L << 20;
        String answer = raw("Transfer-Encoding: chunked", limit + (2 << 16));
        assertThat(answer).startsWith("HTTP/1.1 413").contains("TOO_LARGE");
    }

    /** One part that never ends, of so many bytes, as chunks; what the server says to it. */
    private static String raw(String lengthHeader, long bytes) throws Exception {
        try (Socket socket = new Socket("localhost", swarm.httpPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /v1/inputs HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                                    + lengthHeader + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] head = "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] block = new byte[1 << 16];
            try {
                for (long sent = 0; sent < bytes; sent += block.length) {
                    chunk(out, sent == 0 ? head : block);
                }
                if (bytes > 0) {
                    chunk(out, new byte[0]);
                }
            } catch (IOException e) {
                // The server has heard enough; its answer is there already.
            }
            StringBuilder answer = new StringBuilder();
            for (int next = socket.getInputStream().read();
                    next >= 0 && answer.indexOf("TOO_LARGE") < 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
            return answer.toString();
        }
    }

    private static void chunk(OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Whatever Tomcat or the servlet container finds out by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/tasks HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /v1/tasks HTTP/1.1\r\nHost: local host\r\n\r\n",
                "GET /v1/tasks HTTP/1.1\r\n\r\n",
                "GET /v1/ta\u0001sks HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /v1/tasks/%2e%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /v1/tasks?state=% HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /v1/tasks?=x HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n",
                "POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{}",
                "POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
                "POST /v1/inputs HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n--x",
            })
    void whatIsNoHttpIsAProblemToo(String request) throws Exception {
        String answer = answerTo(request);
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json", "\"code\":\"");
        assertThat(answer).doesNotContain("<", "Tomcat", "Exception");
    }

    @Test
    void whereErrorsAreMadeThereIsNothing() throws Exception {
        HttpResponse<String> response = send(request("/error").GET());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("code").asString()).isEqualTo("NOT_FOUND");
    }

    private static String answerTo(String request) throws IOException {
        try (Socket socket = new Socket("localhost", swarm.httpPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            // No more comes, whatever the request says; and the server closes when it has answered.
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anotherOriginIsNotAnsweredOnLoopback() throws Exception {
        HttpResponse<String> response = send(
                request("/v1/tasks").header("Origin", "https://evil.example").GET());
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(send(request("/v1/tasks").GET()).statusCode()).isEqualTo(200);
    }

    @Test
    void theDescriptionHasEveryRouteAndNoOther() throws Exception {
        JsonNode paths = json(send(request("/v1/openapi.json").GET())).get("paths");
        Set<String> described = new TreeSet<>();
        paths.propertyNames()
                .forEach(path -> paths.get(path).propertyNames().stream()
                        .filter(member -> !member.equals("parameters"))
                        .forEach(method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        Set<String> served = new TreeSet<>();
        swarm.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues()
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + path))));
        served.removeIf(route -> !route.contains(" /v1/") || route.endsWith("/v1/openapi.json"));
        assertThat(served).isEqualTo(described);
    }

    /** Read by a parser that is not ours, with every reference resolved. */
    @Test
    void theDescriptionIsOpenApi31() throws Exception {
        String json = send(request("/v1/openapi.json").GET()).body();
        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(json);
        assertThat(parsed.getMessages()).isEmpty();
        OpenAPI document = parsed.getOpenAPI();
        assertThat(document.getOpenapi()).startsWith("3.1");
        Operation run = document.getPaths().get("/v1/tasks").getPost();
        assertThat(run.getParameters()).extracting(Parameter::getName).contains("Prefer", "Idempotency-Key");
        assertThat(run.getRequestBody().getContent()).containsKeys("application/json", "multipart/form-data");
        assertThat(run.getResponses()).containsKeys("200", "202", "4XX", "5XX");
        assertThat(run.getResponses().get("202").getHeaders()).containsKeys("Location", "Preference-Applied");
        Operation events = document.getPaths().get("/v1/tasks/{task_id}/events").getGet();
        assertThat(events.getParameters())
                .extracting(Parameter::getName)
                .containsExactlyInAnyOrder("task_id", "afterSequence", "Last-Event-ID");
        assertThat(events.getResponses().get("200").getContent()).containsOnlyKeys("text/event-stream");
        assertThat(document.getPaths()
                        .get("/v1/inputs")
                        .getPost()
                        .getRequestBody()
                        .getContent())
                .containsOnlyKeys("multipart/form-data");
        assertThat(document.getPaths())
                .allSatisfy((path, item) -> assertThat(item.getParameters())
                        .as(path)
                        .extracting(Parameter::getName)
                        .containsExactly("traceparent"));
        assertThat(document.getComponents().getResponses().get("Problem").getContent())
                .containsOnlyKeys("application/problem+json");
    }

    @Test
    void thePageIsServedWithoutTheInternet() throws Exception {
        String page = send(request("/docs").GET()).body();
        assertThat(page).contains("/docs/ui/swagger-ui-bundle.js").doesNotContain("http");
        assertThat(send(request("/docs/ui/swagger-ui-bundle.js").GET()).statusCode())
                .isEqualTo(200);
    }

    private static String part(String name, String file, String type, String content) {
        String fileName = file == null ? "" : "; filename=\"" + file + "\"";
        return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"" + fileName + "\r\nContent-Type: " + type
                + "\r\n\r\n" + content + "\r\n";
    }

    private static HttpResponse<String> multipart(String path, String parts) throws Exception {
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(parts + "--x--\r\n")));
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + swarm.httpPort() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(
                request.timeout(java.time.Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }
}
