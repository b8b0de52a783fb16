package dev.pinfactory.orchestrator.service.security;

import static dev.pinfactory.orchestrator.service.testing.TestingIssuer.claims;
import static dev.pinfactory.orchestrator.service.testing.TestingIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.RawCall;
import dev.pinfactory.orchestrator.service.testing.TestingIssuer;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.v1.*;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** With authentication configured, over REST and gRPC; the issuer's keys come from a web server. */
class AuthenticationTest {
    @TempDir
    static Path folder;

    static TestingIssuer issuer;
    static RSAKey key;
    static TestingSwarm swarm;

    @BeforeAll
    static void start() throws Exception {
        // As slow as an issuer may be without anybody being refused for it.
        issuer = new TestingIssuer(1_000);
        key = issuer.key();
        swarm = new TestingSwarm(folder, issuer.properties());
    }

    @AfterAll
    static void stop() throws Exception {
        swarm.close();
        issuer.close();
    }

    @Test
    void aGoodTokensTenantHasItsOwnTasks() throws Exception {
        TaskResult result = as(token("acme", key))
                .runTask(
                        RunTaskRequest.newBuilder().setTask(Plans.task("hello")).build())
                .getResult();
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(swarm.specialists().requests().get(0).getContext().getTenant())
                .isEqualTo("acme");
        GetTaskRequest request =
                GetTaskRequest.newBuilder().setTaskId(result.getTaskId()).build();
        assertThat(as(token("acme", key)).getTask(request).getResult()).isEqualTo(result);
        assertThat(status(() -> as(token("other", key)).getTask(request))).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(rest("/v1/tasks/" + result.getTaskId(), token("acme", key))).isEqualTo(200);
        assertThat(rest("/v1/tasks/" + result.getTaskId(), token("other", key))).isEqualTo(404);
    }

    @Test
    void anotherTenantsPinnedPlanDoesNotExist() throws Exception {
        PinPlanRequest pin = PinPlanRequest.newBuilder()
                .setName("claim")
                .setTask(Plans.task("hello"))
                .build();
        assertThat(as(token("pinning", key)).pinPlan(pin).getCreated()).isTrue();
        GetPinnedPlanRequest get =
                GetPinnedPlanRequest.newBuilder().setName("claim").build();
        RunTaskRequest run = RunTaskRequest.newBuilder()
                .setTask(Plans.task("hello").toBuilder().setPinnedPlan("claim"))
                .build();
        DeletePinnedPlanRequest delete =
                DeletePinnedPlanRequest.newBuilder().setName("claim").build();
        String other = token("other", key);
        assertThat(status(() -> as(other).getPinnedPlan(get))).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(status(() -> as(other).runTask(run))).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(status(() -> as(other).deletePinnedPlan(delete))).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(as(other)
                        .listPinnedPlans(ListPinnedPlansRequest.getDefaultInstance())
                        .getPinnedPlansList())
                .isEmpty();
        assertThat(rest("/v1/pinned-plans/claim", other)).isEqualTo(404);
        assertThat(rest("/v1/pinned-plans/claim", token("pinning", key))).isEqualTo(200);
        assertThat(rest("/v1/pinned-plans", "")).isEqualTo(401);
    }

    /** A report counts and quotes what was asked for: only the caller's tenant's own. */
    @Test
    void anAssessmentSeesOneTenantAlone() throws Exception {
        swarm.router()
                .changes(request -> PlanChange.newBuilder()
                        .setKind(PlanChange.Kind.OTHER_PLAN)
                        .build());
        SubmitTaskRequest submit = SubmitTaskRequest.newBuilder()
                .setTask(Plans.task("hello").toBuilder().setInstruction("the plans of assessing"))
                .build();
        assertThat(as(token("assessing", key)).submitTask(submit).getTaskId()).isNotEmpty();
        PinPlanRequest pin = PinPlanRequest.newBuilder()
                .setName("assessed")
                .setTask(Plans.task("hello"))
                .build();
        assertThat(as(token("assessing", key)).pinPlan(pin).getCreated()).isTrue();
        AssessCardRequest.Builder assess = AssessCardRequest.newBuilder().setCard(Plans.card(Plans.contract("fourth")));
        CardImpact own = impact(token("assessing", key), assess);
        assertThat(own.getRecent().getExamples(0).getInstruction()).isEqualTo("the plans of assessing");
        assertThat(own.getPinnedPlansSeen()).isEqualTo(1);

        CardImpact others = impact(token("curious", key), assess);
        assertThat(others.getRecent().getRequests()).isZero();
        assertThat(others.getPinnedPlansSeen()).isZero();
        assess.addGoldenTasks(GoldenTask.newBuilder().setPinnedPlan("assessed"));
        assertThat(status(() -> impact(token("curious", key), assess))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(impact(token("assessing", key), assess).getGoldenTasksSeen()).isEqualTo(1);
        assertThat(status(() -> impact("nonsense", assess))).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    private static CardImpact impact(String token, AssessCardRequest.Builder request) {
        CardImpact impact = CardImpact.getDefaultInstance();
        for (var parts = as(token).assessCard(request.build()); parts.hasNext(); ) {
            impact = parts.next().getImpact();
        }
        return impact;
    }

    @Test
    void withoutAGoodTokenNothingIsAnswered() throws Exception {
        ListTasksRequest list = ListTasksRequest.getDefaultInstance();
        assertThat(status(() -> swarm.client().listTasks(list))).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(rest("/v1/tasks", "")).isEqualTo(401);
        RSAKey foreign = TestingIssuer.key("one");
        String[] bad = {
            token("acme", foreign),
            sign(
                    claims("acme")
                            .expirationTime(Date.from(Instant.now().minusSeconds(600)))
                            .build(),
                    key),
            sign(claims("acme").issuer("https://other.example").build(), key),
            sign(claims("acme").expirationTime(null).build(), key),
            "nonsense"
        };
        for (String token : bad) {
            assertThat(status(() -> as(token).listTasks(list))).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(rest("/v1/tasks", token)).isEqualTo(401);
        }
    }

    @Test
    void aTokenWithoutTenantMayDoNothing() throws Exception {
        String token = sign(claims("x").claim("tenant", null).build(), key);
        assertThat(status(() -> as(token).listTasks(ListTasksRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(status(() -> as(token).listSpecialists(ListSpecialistsRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(rest("/v1/tasks", token)).isEqualTo(403);
        assertThat(rest("/v1/specialists", token)).isEqualTo(403);
    }

    /** Each method over gRPC, and over REST where it has a path, with a token of each role and of none. */
    @TestFactory
    Stream<DynamicTest> aMethodIsForItsRolesAlone() {
        List<String> words = new ArrayList<>(List.of("", "admin"));
        Stream.of(Role.values()).map(Role::word).forEach(words::add);
        return rules().all().stream()
                .flatMap(rule -> words.stream()
                        .map(word -> DynamicTest.dynamicTest(
                                rule.call() + " as '" + word + "'", () -> isForItsRolesAlone(rule, word))));
    }

    private static AccessRules rules() {
        return AccessRules.served();
    }

    private static void isForItsRolesAlone(AccessRules.Rule rule, String word) throws Exception {
        String token = sign(claims("acme").claim("roles", word).build(), key);
        boolean allowed = rule.roles().stream().anyMatch(role -> role.word().equals(word));
        Status.Code code = call(rule.call(), token);
        assertThat(code == Status.Code.PERMISSION_DENIED).isEqualTo(!allowed);
        assertThat(code).isNotEqualTo(Status.Code.UNAUTHENTICATED);
        for (AccessRules.Route route : rule.routes()) {
            int answer = rest(route.method().name(), route.path().replaceAll("\\{\\w+}", "none"), token);
            assertThat(answer == 403).as(route.toString()).isEqualTo(!allowed);
            assertThat(answer).as(route.toString()).isNotEqualTo(401);
        }
    }

    /** With an empty request: what matters is who may ask. */
    private static Status.Code call(String method, String token) {
        return RawCall.send(swarm.channel(), method, List.of("Bearer " + token), new byte[0])
                .status()
                .getCode();
    }

    @Test
    void metricsAreForOperators() throws Exception {
        String path = "/actuator/prometheus";
        assertThat(rest(path, sign(claims("acme").claim("roles", "caller").build(), key)))
                .isEqualTo(403);
        // Spring's tests export no metrics, so that there is nothing to be seen by those who may.
        assertThat(rest(path, sign(claims("acme").claim("roles", "operator").build(), key)))
                .isNotIn(401, 403);
    }

    @Test
    void everyPathOfTheApiHasARule() {
        List<AccessRules.Route> ruled =
                rules().all().stream().flatMap(rule -> rule.routes().stream()).toList();
        Set<RequestMappingInfo> handled = swarm.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet();
        assertThat(handled)
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/v1/") && !path.equals("/v1/openapi.json"))
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> new AccessRules.Route(method.asHttpMethod(), path)))
                        .toList())
                .hasSizeGreaterThan(10)
                .allSatisfy(route -> assertThat(ruled).contains(route));
    }

    @Test
    void healthNeedsNoToken() {
        assertThat(HealthGrpc.newBlockingStub(swarm.channel())
                        .withDeadlineAfter(Duration.ofSeconds(10))
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    }

    @Test
    void withoutAuthenticationOnlyLoopbackIsBound() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("server.address", "127.0.0.1")
                .withProperty("spring.grpc.server.address", "::1");
        BindCheck.check(environment, false);
        environment.setProperty("spring.grpc.server.address", "0.0.0.0");
        assertThatThrownBy(() -> BindCheck.check(environment, false))
                .hasMessageContaining("spring.grpc.server.address")
                .hasMessageContaining("jwk-set-uri");
        BindCheck.check(environment, true);
        environment.setProperty("spring.grpc.server.address", "");
        assertThatThrownBy(() -> BindCheck.check(environment, false)).isInstanceOf(IllegalStateException.class);
    }

    private interface Call {
        Object run() throws Exception;
    }

    private static Status.Code status(Call call) throws Exception {
        try {
            call.run();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static int rest(String path, String token) throws Exception {
        return rest("GET", path, token);
    }

    private static int rest(String method, String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + swarm.httpPort() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        return response.statusCode();
    }

    private static SwarmServiceGrpc.SwarmServiceBlockingStub as(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return swarm.client().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static String token(String tenant, RSAKey signer) {
        return sign(claims(tenant).build(), signer);
    }
}
