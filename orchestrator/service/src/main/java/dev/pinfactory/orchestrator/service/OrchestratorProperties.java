package dev.pinfactory.orchestrator.service;

import dev.pinfactory.orchestrator.service.dispatch.DispatchSettings;
import dev.pinfactory.orchestrator.service.quota.QuotaSettings;
import dev.pinfactory.orchestrator.service.run.LlmPrice;
import dev.pinfactory.orchestrator.service.shadow.ShadowSettings;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the orchestrator can be told.
 *
 * @param registryAddress of the registry, {@code host:port} or {@code inprocess:name}
 * @param router how plans are asked for
 * @param dispatch how specialists are called
 * @param shadows how versions are called that are tried beside the ones in use
 * @param store where tasks are kept
 * @param admission how much is taken on
 * @param quotas what tenants may use in a day
 * @param tasks limits of a task
 * @param plans how large a plan may be
 * @param content bounds of uploads
 * @param pins bounds of pinned plans
 * @param assessments bounds of assessing cards
 * @param llmPrice what a task's cost is compared with
 * @param grants step grants
 * @param authentication of callers; needed for any bind address but loopback
 */
@ConfigurationProperties("pinfactory.orchestrator")
public record OrchestratorProperties(
        @DefaultValue("localhost:9101") String registryAddress,
        @DefaultValue Router router,
        @DefaultValue DispatchSettings dispatch,
        @DefaultValue ShadowSettings shadows,
        @DefaultValue Store store,
        @DefaultValue Admission admission,
        @DefaultValue QuotaSettings quotas,
        @DefaultValue Tasks tasks,
        @DefaultValue Plans plans,
        @DefaultValue Content content,
        @DefaultValue Pins pins,
        @DefaultValue Assessments assessments,
        @DefaultValue LlmPrice llmPrice,
        @DefaultValue Grants grants,
        @DefaultValue Authentication authentication) {

    /**
     * @param address {@code host:port} or {@code inprocess:name}
     * @param timeout of one planning call
     * @param maxAttempts while the router is away
     */
    public record Router(
            @DefaultValue("localhost:9102") String address,
            @DefaultValue("30s") Duration timeout,
            @DefaultValue("6") int maxAttempts) {}

    /**
     * @param url of PostgreSQL; empty for H2 in a file under the data folder, which belongs to one process
     * @param lease after which a silent process's tasks go on elsewhere
     * @param recordQueue records of unwritten tasks that may wait to be written
     * @param retention how long ended tasks are kept
     * @param tenantRetention how long those of single tenants are kept, where it is another time
     * @param eventRetention how long events in the outbox are kept, read or not
     */
    public record Store(
            @DefaultValue("") String url,
            @DefaultValue("") String user,
            @DefaultValue("") String password,
            @DefaultValue("10") int connections,
            @DefaultValue("4s") Duration lease,
            @DefaultValue("1000") int recordQueue,
            @DefaultValue("30d") Duration retention,
            @DefaultValue Map<String, Duration> tenantRetention,
            @DefaultValue("30d") Duration eventRetention) {
        public Store {
            tenantRetention = Map.copyOf(tenantRetention);
        }
    }

    /** See AdmissionLimits. */
    public record Admission(
            @DefaultValue("4") int minConcurrency,
            @DefaultValue("64") int concurrency,
            @DefaultValue("1024") int queue,
            @DefaultValue("1024") int perTenant,
            @DefaultValue("128MB") DataSize bytes) {}

    /**
     * @param defaultTimeout of a task that names none
     * @param maxTimeout the longest that a task may have
     * @param keyRetention how long an idempotency key stands for its first request
     * @param maxCalls of specialists that a task may make
     * @param maxInputBytes that these calls may bring to specialists together
     */
    public record Tasks(
            @DefaultValue("60s") Duration defaultTimeout,
            @DefaultValue("1h") Duration maxTimeout,
            @DefaultValue("24h") Duration keyRetention,
            @DefaultValue("10000") int maxCalls,
            @DefaultValue("4GB") DataSize maxInputBytes) {}

    /** See PlanLimits. */
    public record Plans(
            @DefaultValue("64") int steps,
            @DefaultValue("16") int depth,
            @DefaultValue("32") int edges,
            @DefaultValue("1000") int items) {}

    /**
     * @param directory of the files; empty for {@code content} under the data folder. Replicas share it
     * @param maxUpload of one upload
     * @param inline what is larger is kept as a file, not in the task's row
     * @param retention of content that no task refers to
     */
    public record Content(
            @DefaultValue("") String directory,
            @DefaultValue("64MB") DataSize maxUpload,
            @DefaultValue("256KB") DataSize inline,
            @DefaultValue("24h") Duration retention) {}

    /** @param perTenant pinned plans that one tenant may have, all versions counted */
    public record Pins(@DefaultValue("1000") int perTenant) {}

    /**
     * @param concurrency how many run at a time; a tenant has one of them at most
     * @param timeout of one; the call's own deadline holds besides
     */
    public record Assessments(
            @DefaultValue("2") int concurrency,
            @DefaultValue("5m") Duration timeout) {}

    /** @param privateKeyFile Ed25519 key as PEM (PKCS 8); empty for no grants */
    public record Grants(@DefaultValue("") String privateKeyFile) {}

    /**
     * @param jwkSetUri where the issuer's keys are; with neither this nor a file there is no authentication, which only loopback allows
     * @param jwkSetFile a file with the issuer's keys, read at the start, where there is no address to ask
     * @param issuer that tokens have to name
     * @param audience that tokens have to name; empty for any
     * @param tenantClaim of a token
     * @param rolesClaim of a token: a list, or words with spaces between, of {@code caller}, {@code reviewer}, {@code platform} and {@code operator}; dots lead
     *     into an object, as in {@code realm_access.roles}
     */
    public record Authentication(
            @DefaultValue("") String jwkSetUri,
            @DefaultValue("") String jwkSetFile,
            @DefaultValue("") String issuer,
            @DefaultValue("") String audience,
            @DefaultValue("tenant") String tenantClaim,
            @DefaultValue("roles") String rolesClaim) {
        public Authentication {
            if (!jwkSetUri.isEmpty() && !jwkSetFile.isEmpty()) {
                throw new IllegalArgumentException(
                        "authentication.jwk-set-uri and .jwk-set-file are both there; expected one of them");
            }
            if (!(jwkSetUri + jwkSetFile).isEmpty() && issuer.isEmpty()) {
                throw new IllegalArgumentException(
                        "authentication.jwk-set-uri and .jwk-set-file need authentication.issuer");
            }
        }

        public boolean configured() {
            return !(jwkSetUri + jwkSetFile).isEmpty();
        }
    }
}
