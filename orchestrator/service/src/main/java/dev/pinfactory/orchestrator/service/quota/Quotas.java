package dev.pinfactory.orchestrator.service.quota;

import com.google.protobuf.Timestamp;
import dev.pinfactory.orchestrator.engine.Costs;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.GetUsageResponse;
import dev.pinfactory.proto.v1.Version;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what tenants use from midnight to midnight, UTC, and says no where a quota is used up. Tasks, and money before it is spent, are counted in the database at once; the
 * rest within a second. Of processor seconds those of the calls under way come on top of the quota. Thread-safe.
 */
public final class Quotas {
    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);
    private static final Duration KEPT = Duration.ofDays(400);

    private final QuotaSettings settings;
    private final UseRows rows;
    private final Clock clock;
    // Both guarded by this, and emptied every second.
    private Map<String, Use> pending = new HashMap<>();
    private Map<String, Use> known = new HashMap<>();

    public Quotas(QuotaSettings settings, UseRows rows, Clock clock) {
        this.settings = settings;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Counts a task.
     *
     * @throws PinfactoryException QUOTA_EXHAUSTED, until midnight
     */
    public void accept(String tenant) {
        Quota quota = settings.of(tenant);
        if (quota.tasks() == null && quota.cpuSeconds() == null) {
            add(tenant, Use.task());
            return;
        }
        Quota ofTasks = new Quota(quota.tasks(), quota.cpuSeconds(), null);
        if (!rows.change(tenant, today(), Use.task(), ofTasks)) {
            throw exhausted(
                    quota.tasks() != null && rows.read(tenant, today()).tasks() >= quota.tasks()
                            ? quota.tasks() + " tasks"
                            : quota.cpuSeconds() + " processor seconds");
        }
    }

    /** A task that was counted is none: it was accepted before. */
    public void takeBack(String tenant) {
        add(tenant, new Use(-1, 0, BigDecimal.ZERO));
    }

    /** Whether a language model may still be paid for this tenant. */
    public boolean mayPay(String tenant) {
        BigDecimal most = settings.of(tenant).llm();
        return most == null || rows.read(tenant, today()).llm().compareTo(most) < 0;
    }

    /**
     * Asks for one call of a specialist. What its card says that it may cost is held.
     *
     * @throws PinfactoryException QUOTA_EXHAUSTED where the call must not be made
     */
    public Held call(String tenant, Contract contract, Version version) {
        Quota quota = settings.of(tenant);
        if (quota.cpuSeconds() != null && used(tenant).cpuSeconds() >= quota.cpuSeconds()) {
            throw exhausted(quota.cpuSeconds() + " processor seconds");
        }
        if (quota.llm() == null || contract.getKind() != Contract.Kind.LLM) {
            return new Held(tenant, BigDecimal.ZERO);
        }
        Amount hint = version.getCost().getPerCall();
        if (version.getCost().hasPerCall() && !hint.getCurrency().equals(settings.currency())) {
            throw exhausted("money for language models, which is in " + settings.currency() + " and not in "
                    + hint.getCurrency());
        }
        BigDecimal most = Costs.amount(hint).orElse(BigDecimal.ZERO);
        Use wanted = new Use(0, 0, most);
        boolean left = mayPay(tenant) && rows.change(tenant, today(), wanted, new Quota(null, null, quota.llm()));
        if (!left) {
            throw exhausted(quota.llm().toPlainString() + " " + settings.currency() + " for language models");
        }
        return new Held(tenant, most);
    }

    /** What is counted as spent until it is known what a call cost. Without an answer it stays counted. */
    public final class Held {
        private final String tenant;
        private final BigDecimal llm;

        private Held(String tenant, BigDecimal llm) {
            this.tenant = tenant;
            this.llm = llm;
        }

        public void cost(Cost cost) {
            Use use = use(cost);
            add(tenant, new Use(0, use.cpuSeconds(), use.llm().subtract(llm)));
        }

        /** The call was not made. */
        public void release() {
            add(tenant, new Use(0, 0, llm.negate()));
        }
    }

    /** Counts what was spent without having been asked for, on planning for instance. */
    public void spent(String tenant, Cost cost) {
        add(tenant, use(cost));
    }

    /** What the tenant has used today, and may use. */
    public GetUsageResponse usage(String tenant) {
        LocalDate day = today();
        Quota quota = settings.of(tenant);
        Use use;
        synchronized (this) {
            use = pending.getOrDefault(tenant, Use.NOTHING);
        }
        use = use.plus(rows.read(tenant, day));
        GetUsageResponse.Builder usage = GetUsageResponse.newBuilder()
                .setDay(day.toString())
                .setResetsAt(Timestamp.newBuilder().setSeconds(midnight().getEpochSecond()))
                .setTasks(Math.max(0, use.tasks()))
                .setCpuSeconds(use.cpuSeconds())
                .setLlm(amount(use.llm()));
        if (quota.tasks() != null) {
            usage.setTaskQuota(quota.tasks());
        }
        if (quota.cpuSeconds() != null) {
            usage.setCpuSecondQuota(quota.cpuSeconds());
        }
        if (quota.llm() != null) {
            usage.setLlmQuota(amount(quota.llm()));
        }
        return usage.build();
    }

    /** Writes down what was counted since the last time; what can't be written is kept for the next. */
    public void write() {
        Map<String, Use> taken;
        synchronized (this) {
            taken = pending;
            pending = new HashMap<>();
            known = new HashMap<>();
        }
        LocalDate day = today();
        taken.forEach((tenant, use) -> {
            try {
                Use now = rows.add(tenant, day, use);
                synchronized (this) {
                    known.put(tenant, now);
                }
            } catch (RuntimeException e) {
                add(tenant, use);
                LOG.warn("what a tenant used could not be written down, and is kept: {}", e.toString());
            }
        });
    }

    /** Forgets what was used long ago. */
    public int expire() {
        return rows.expire(today().minusDays(KEPT.toDays()));
    }

    private void add(String tenant, Use use) {
        if (!use.isNothing()) {
            synchronized (this) {
                pending.merge(tenant, use, Use::plus);
            }
        }
    }

    /** As it was written last, with what came since. */
    private Use used(String tenant) {
        synchronized (this) {
            if (known.containsKey(tenant)) {
                return known.get(tenant).plus(pending.getOrDefault(tenant, Use.NOTHING));
            }
        }
        Use read = rows.read(tenant, today());
        synchronized (this) {
            return known.merge(tenant, read, (written, before) -> written)
                    .plus(pending.getOrDefault(tenant, Use.NOTHING));
        }
    }

    private Use use(Cost cost) {
        return new Use(0, Costs.seconds(cost), Costs.llm(cost, settings.currency()));
    }

    private PinfactoryException exhausted(String what) {
        return new PinfactoryException(
                ErrorCode.QUOTA_EXHAUSTED,
                "this tenant has used its quota of " + what + " for today; it begins again at " + midnight(),
                List.of(),
                Duration.between(clock.instant(), midnight()),
                null);
    }

    private LocalDate today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private Instant midnight() {
        return today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Amount amount(BigDecimal value) {
        return Amount.newBuilder()
                .setValue(value.max(BigDecimal.ZERO).stripTrailingZeros().toPlainString())
                .setCurrency(settings.currency())
                .build();
    }
}
