package dev.pinfactory.orchestrator.service;

import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.orchestrator.service.quota.Quota;
import dev.pinfactory.orchestrator.service.quota.QuotaSettings;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.quota.UseRows;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.CostHint;
import dev.pinfactory.proto.v1.GetUsageRequest;
import dev.pinfactory.proto.v1.GetUsageResponse;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.Version;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a tenant may use in a day is counted, and no more is done. */
class QuotasTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Contract MODEL = Plans.contract("small");
    private static final Contract LLM =
            Plans.contract("large").toBuilder().setKind(Contract.Kind.LLM).build();
    private static final AtomicInteger TENANTS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static TestingSwarm swarm;

    private final String tenant = "tenant-" + TENANTS.incrementAndGet();

    @BeforeAll
    static void start() throws Exception {
        swarm = new TestingSwarm(folder, "pinfactory.orchestrator.quotas.tenants.local.tasks=3");
    }

    @AfterAll
    static void stop() throws Exception {
        swarm.close();
    }

    private Quotas quotas(Quota quota, Instant now) {
        return new Quotas(
                new QuotaSettings("EUR", null, Map.of(tenant, quota)),
                new UseRows(swarm.bean(JdbcClient.class)),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Version paid(String perCall) {
        return Version.newBuilder()
                .setCost(CostHint.newBuilder().setPerCall(amount(perCall)))
                .build();
    }

    private static Amount.Builder amount(String value) {
        return Amount.newBuilder().setValue(value).setCurrency("EUR");
    }

    private static Cost cost(double cpuSeconds, String llm) {
        return Cost.newBuilder().setCpuSeconds(cpuSeconds).setLlm(amount(llm)).build();
    }

    private static void exhausted(Runnable asked, String what) {
        assertThatThrownBy(asked::run).isInstanceOfSatisfying(PinfactoryException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.QUOTA_EXHAUSTED);
            assertThat(refused).hasMessageContaining(what);
            assertThat(refused.retryAfter()).contains(Duration.ofHours(12));
        });
    }

    /** Twice and over REST, among them one with a key that repeats. */
    @Test
    void theSwarmTakesAsManyTasksAsTheQuotaHas() throws Exception {
        Metadata key = new Metadata();
        key.put(Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER), "once");
        var keyed = swarm.client().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key));
        SubmitTaskRequest submitted =
                SubmitTaskRequest.newBuilder().setTask(task("a")).build();
        String id = keyed.submitTask(submitted).getTaskId();
        assertThat(keyed.submitTask(submitted).getTaskId()).isEqualTo(id);
        for (int i = 0; i < 2; i++) {
            assertThat(swarm.client()
                            .runTask(RunTaskRequest.newBuilder()
                                    .setTask(task("b"))
                                    .build())
                            .hasResult())
                    .isTrue();
        }
        assertThat(usage().getTasks()).isEqualTo(3);
        assertThat(usage().getTaskQuota()).isEqualTo(3);
        assertThatThrownBy(() -> swarm.client().submitTask(submitted))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(Errors.fromGrpc(refused).code()).isEqualTo(ErrorCode.QUOTA_EXHAUSTED);
                    assertThat(refused).hasMessageContaining("3 tasks");
                    assertThat(refused.getTrailers().get(Errors.PUSHBACK)).isEqualTo("-1");
                });
        assertThat(keyed.submitTask(submitted).getTaskId())
                .as("what was accepted stays so")
                .isEqualTo(id);
        HttpResponse<String> refused = rest("/v1/tasks", HttpRequest.BodyPublishers.ofString("""
                {"instruction": "rewrite this note", "inputs": [{"name": "note", "type": "text", "text": "c"}]}
                """));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(swarm.specialists().calls("first")).isEqualTo(3);
    }

    private static HttpResponse<String> rest(String path, HttpRequest.BodyPublisher body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + swarm.httpPort() + path))
                            .header("Content-Type", "application/json")
                            .POST(body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static GetUsageResponse usage() {
        return swarm.client().getUsage(GetUsageRequest.getDefaultInstance());
    }

    @Test
    void whatManyAskForAtOnceIsCountedOnce() throws Exception {
        Quotas one = quotas(new Quota(100L, null, null), NOON);
        Quotas other = quotas(new Quota(100L, null, null), NOON);
        AtomicInteger accepted = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 300; i++) {
                Quotas replica = i % 2 == 0 ? one : other;
                threads.submit(() -> {
                    replica.accept(tenant);
                    return accepted.incrementAndGet();
                });
            }
        }
        assertThat(accepted).hasValue(100);
        exhausted(() -> one.accept(tenant), "100 tasks");
    }

    @Test
    void atMidnightItBeginsAgain() {
        Quota one = new Quota(1L, null, null);
        quotas(one, NOON).accept(tenant);
        exhausted(() -> quotas(one, NOON).accept(tenant), "1 tasks");
        Quotas tomorrow = quotas(one, Instant.parse("2026-11-24T00:00:00Z"));
        tomorrow.accept(tenant);
        assertThat(tomorrow.usage(tenant).getDay()).isEqualTo("2026-11-24");
        assertThat(tomorrow.usage(tenant).getTasks()).isOne();
    }

    @Test
    void processorSecondsEndCallsAndTasks() {
        Quotas quotas = quotas(new Quota(null, 2.0, null), NOON);
        quotas.accept(tenant);
        quotas.call(tenant, MODEL, Version.getDefaultInstance()).cost(cost(1.5, "0"));
        quotas.call(tenant, MODEL, Version.getDefaultInstance()).cost(cost(1, "0"));
        exhausted(() -> quotas.call(tenant, MODEL, Version.getDefaultInstance()), "2.0 processor seconds");
        quotas.write();
        exhausted(() -> quotas.accept(tenant), "2.0 processor seconds");
        exhausted(
                () -> quotas(new Quota(null, 2.0, null), NOON).call(tenant, MODEL, Version.getDefaultInstance()),
                "2.0");
        assertThat(quotas.usage(tenant).getCpuSeconds()).isEqualTo(2.5);
    }

    @Test
    void moneyIsHeldBeforeItIsSpent() {
        Quotas quotas = quotas(new Quota(null, null, new BigDecimal("0.05")), NOON);
        Quotas.Held first = quotas.call(tenant, LLM, paid("0.02"));
        Quotas.Held second = quotas.call(tenant, LLM, paid("0.02"));
        exhausted(() -> quotas.call(tenant, LLM, paid("0.02")), "0.05 EUR");
        first.cost(cost(0, "0.001"));
        second.release();
        quotas.write();
        assertThat(quotas.usage(tenant).getLlm()).isEqualTo(amount("0.001").build());
        Quotas.Held unanswered = quotas.call(tenant, LLM, paid("0.045"));
        assertThat(unanswered).isNotNull();
        exhausted(() -> quotas.call(tenant, LLM, paid("0.02")), "0.05 EUR");
        assertThat(quotas.call(tenant, MODEL, Version.getDefaultInstance()))
                .as("costs nothing")
                .isNotNull();
        assertThat(quotas.mayPay(tenant)).isTrue();
        quotas.spent(tenant, cost(0, "0.01"));
        quotas.write();
        assertThat(quotas.mayPay(tenant)).isFalse();
    }

    @Test
    void moneyInAnotherCurrencyIsNotSpent() {
        Version dollars = Version.newBuilder()
                .setCost(CostHint.newBuilder().setPerCall(amount("0.01").setCurrency("USD")))
                .build();
        exhausted(
                () -> quotas(new Quota(null, null, BigDecimal.ONE), NOON).call(tenant, LLM, dollars),
                "in EUR and not in USD");
    }

    @Test
    void whoHasNoQuotaIsCounted() {
        Quotas quotas = quotas(new Quota(null, null, null), NOON);
        quotas.accept("free-" + tenant);
        quotas.call("free-" + tenant, LLM, paid("5")).cost(cost(0.5, "0.3"));
        quotas.write();
        GetUsageResponse usage = quotas.usage("free-" + tenant);
        assertThat(List.of(
                        usage.getTasks(), usage.getCpuSeconds(), usage.getLlm().getValue()))
                .containsExactly(1L, 0.5, "0.3");
        assertThat(usage.hasTaskQuota() || usage.hasCpuSecondQuota() || usage.hasLlmQuota())
                .isFalse();
    }
}
