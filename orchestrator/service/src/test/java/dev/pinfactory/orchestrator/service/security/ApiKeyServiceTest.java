package dev.pinfactory.orchestrator.service.security;

import static dev.pinfactory.orchestrator.service.testing.TestingIssuer.claims;
import static dev.pinfactory.orchestrator.service.testing.TestingIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.TestingIssuer;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.CreateApiKeyRequest;
import dev.pinfactory.proto.v1.CreateApiKeyResponse;
import dev.pinfactory.proto.v1.ListApiKeysRequest;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.NewApiKey;
import dev.pinfactory.proto.v1.RevokeApiKeyRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys for programs that can't get tokens from the issuer. */
@ExtendWith(OutputCaptureExtension.class)
class ApiKeyServiceTest {
    @TempDir
    static Path folder;

    private static TestingIssuer issuer;
    private static TestingSwarm swarm;

    @BeforeAll
    static void start() throws Exception {
        issuer = new TestingIssuer(0);
        List<String> properties = new ArrayList<>(List.of(issuer.properties()));
        properties.add("pinfactory.orchestrator.authentication.roles-claim=realm_access.roles");
        swarm = new TestingSwarm(folder, properties.toArray(String[]::new));
    }

    @AfterAll
    static void stop() throws Exception {
        swarm.close();
        issuer.close();
    }

    private static String token(String tenant, String... roles) {
        return sign(
                claims(tenant)
                        .claim("realm_access", java.util.Map.of("roles", List.of(roles)))
                        .build(),
                issuer.key());
    }

    private static SwarmServiceGrpc.SwarmServiceBlockingStub as(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return swarm.client().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static CreateApiKeyResponse create(String token, String... roles) {
        return as(token)
                .createApiKey(CreateApiKeyRequest.newBuilder()
                        .setKey(NewApiKey.newBuilder().setName("billing").addAllRoles(List.of(roles)))
                        .build());
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
            assertThat(Errors.fromGrpc(refusal).code()).isEqualTo(code);
            assertThat(refusal).hasMessageContaining(message);
        });
    }

    private static HttpResponse<String> rest(String method, String path, String token, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + swarm.httpPort() + path))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aKeyDoesWhatItsRolesAllowForItsTenantUntilItIsRevoked() throws Exception {
        String admin = token("acme", "platform", "caller");
        CreateApiKeyResponse made = create(admin, "caller");
        String key = made.getSecret();
        TaskResult result = as(key).runTask(
                        RunTaskRequest.newBuilder().setTask(Plans.task("hello")).build())
                .getResult();
        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(rest("GET", "/v1/tasks/" + result.getTaskId(), key, "").statusCode())
                .isEqualTo(200);
        String others = create(token("other", "platform", "caller"), "caller").getSecret();
        assertThat(as(others).listTasks(ListTasksRequest.getDefaultInstance()).getTasksList())
                .isEmpty();
        assertThat(rest("GET", "/v1/tasks/" + result.getTaskId(), others, "").statusCode())
                .isEqualTo(404);
        refused(ErrorCode.PERMISSION_DENIED, "", () -> as(key).listApiKeys(ListApiKeysRequest.getDefaultInstance()));

        RevokeApiKeyRequest revoke =
                RevokeApiKeyRequest.newBuilder().setKeyId(made.getKey().getId()).build();
        refused(
                ErrorCode.NOT_FOUND,
                "no such API key",
                () -> as(token("other", "operator")).revokeApiKey(revoke));
        assertThat(as(admin).revokeApiKey(revoke)).isNotNull();
        refused(ErrorCode.UNAUTHENTICATED, "", () -> as(key).listTasks(ListTasksRequest.getDefaultInstance()));
        assertThat(rest("GET", "/v1/tasks", key, "").statusCode()).isEqualTo(401);
        assertThat(as(admin)
                        .listApiKeys(ListApiKeysRequest.getDefaultInstance())
                        .getKeys(0)
                        .hasRevokedAt())
                .isTrue();
    }

    @Test
    void nobodyGivesMoreThanItHasAndAKeyMakesNoKeys() {
        String platform = token("acme", "platform");
        refused(ErrorCode.PERMISSION_DENIED, "roles of its maker alone: platform", () -> create(platform, "caller"));
        String key = create(platform, "platform").getSecret();
        refused(ErrorCode.PERMISSION_DENIED, "an API key makes no API keys", () -> create(key, "platform"));
        refused(ErrorCode.PERMISSION_DENIED, "", () -> create(token("acme", "caller"), "caller"));
        String claimed = sign(claims("acme").claim("pinfactory_api_key", "x").build(), issuer.key());
        refused(ErrorCode.UNAUTHENTICATED, "", () -> as(claimed).listTasks(ListTasksRequest.getDefaultInstance()));
    }

    @Test
    void wrongRequestsNameTheirField() throws Exception {
        String admin = token("acme", "platform");
        refused(ErrorCode.INVALID_ARGUMENT, "key.roles", () -> create(admin));
        refused(ErrorCode.INVALID_ARGUMENT, "expected one or more of caller", () -> create(admin, "king"));
        refused(
                ErrorCode.INVALID_ARGUMENT,
                "key.name",
                () -> as(admin)
                        .createApiKey(CreateApiKeyRequest.newBuilder()
                                .setKey(NewApiKey.newBuilder().addRoles("platform"))
                                .build()));
        refused(
                ErrorCode.INVALID_ARGUMENT,
                "key.expires_after",
                () -> as(admin)
                        .createApiKey(CreateApiKeyRequest.newBuilder()
                                .setKey(NewApiKey.newBuilder()
                                        .setName("x")
                                        .addRoles("platform")
                                        .setExpiresAfter(Duration.newBuilder().setSeconds(1)))
                                .build()));
        HttpResponse<String> made = rest(
                "POST",
                "/v1/api-keys",
                admin,
                "{\"name\": \"x\", \"roles\": [\"platform\"], \"expiresAfter\": \"86400s\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(rest("GET", "/v1/api-keys", admin, "").body())
                .contains("expiresAt")
                .doesNotContain("pf_");
    }

    @Test
    void itsSecretStandsNowhere(CapturedOutput output) {
        String key = create(token("acme", "platform"), "platform").getSecret();
        String secret = key.substring(key.length() - 43);
        assertThat(as(key).listApiKeys(ListApiKeysRequest.getDefaultInstance()).toString())
                .doesNotContain(secret);
        assertThat(output.getAll()).doesNotContain(secret);
        JdbcClient jdbc = swarm.bean(JdbcClient.class);
        assertThat(jdbc.sql("select * from api_key").query().listOfRows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.values())
                        .noneMatch(value -> written(value).contains(secret)));
    }

    private static String written(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(value);
    }
}
