package dev.pinfactory.orchestrator.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.pinfactory.orchestrator.service.store.PinStore.PinOutcome;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PinnedPlanSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What holds for every store of pinned plans. */
abstract class PinStoreContract {
    private static final int LIMIT = 20;

    private String tenant;
    private PinStore store;

    abstract DataSource dataSource();

    @BeforeEach
    void open() {
        Flyway.configure()
                .dataSource(dataSource())
                .locations("classpath:db/orchestrator")
                .load()
                .migrate();
        store = new JdbcPinStore(
                JdbcClient.create(dataSource()), new TransactionTemplate(new JdbcTransactionManager(dataSource())));
        tenant = "tenant-" + UUID.randomUUID();
    }

    @Test
    void versionsCountFromOne() {
        assertThat(created("claim", "a").getVersion()).isEqualTo(1);
        assertThat(created("claim", "b").getVersion()).isEqualTo(2);
        assertThat(created("other", "a").getVersion()).isEqualTo(1);
    }

    @Test
    void whatIsPinnedIsReadAsItWasWritten() {
        PinnedPlan first = created("claim", "a");
        PinnedPlan second = created("claim", "b");
        assertThat(first).isEqualTo(plan("claim", "a").toBuilder().setVersion(1).build());
        assertThat(store.find(tenant, PinReference.of("claim", 1))).contains(first);
        assertThat(store.find(tenant, name("claim"))).contains(second);
        assertThat(store.find(tenant, PinReference.of("claim", 3))).isEmpty();
        assertThat(store.find(tenant, name("nothing"))).isEmpty();
    }

    @Test
    void theSameOnceMoreIsTheLatestVersion() {
        PinnedPlan first = created("claim", "a");
        assertThat(store.pin(tenant, plan("claim", "a"), LIMIT)).isEqualTo(new PinOutcome.Unchanged(first));
        created("claim", "b");
        assertThat(created("claim", "a").getVersion())
                .as("an older one is the same, the latest is not")
                .isEqualTo(3);
    }

    @Test
    void anotherTenantsPinDoesNotExist() {
        PinnedPlan mine = created("claim", "a");
        assertThat(store.find("other", name("claim"))).isEmpty();
        assertThat(store.list("other", Optional.empty(), Optional.empty(), 10)).isEmpty();
        assertThat(store.delete("other", name("claim"))).isZero();
        assertThat(store.find(tenant, name("claim"))).contains(mine);
    }

    @Test
    void theLimitCountsAllVersionsOfATenant() {
        created("claim", "a");
        created("other", "a");
        assertThat(store.pin(tenant, plan("claim", "b"), 2)).isEqualTo(new PinOutcome.Full());
        assertThat(store.pin(tenant, plan("claim", "a"), 2)).as("adds none").isInstanceOf(PinOutcome.Unchanged.class);
        assertThat(store.pin(tenant + "-2", plan("claim", "b"), 2)).isInstanceOf(PinOutcome.Created.class);
        assertThat(store.delete(tenant, name("other"))).isEqualTo(1);
        assertThat(store.pin(tenant, plan("claim", "b"), 2)).isInstanceOf(PinOutcome.Created.class);
    }

    @Test
    void aNumberIsNotGivenTwiceWhileTheNameLives() {
        created("claim", "a");
        created("claim", "b");
        assertThat(store.delete(tenant, PinReference.of("claim", 2))).isEqualTo(1);
        assertThat(store.delete(tenant, PinReference.of("claim", 2))).isZero();
        assertThat(created("claim", "c").getVersion()).isEqualTo(3);
        assertThat(store.delete(tenant, name("claim"))).isEqualTo(2);
        assertThat(store.find(tenant, name("claim"))).isEmpty();
        assertThat(created("claim", "d").getVersion()).isEqualTo(1);
    }

    @Test
    void pagesFollowEachOtherByNameAndVersion() {
        created("letter", "a");
        created("claim", "a");
        created("claim", "b");
        List<PinnedPlanSummary> first = store.list(tenant, Optional.empty(), Optional.empty(), 2);
        assertThat(first).extracting(PinnedPlanSummary::getName).containsExactly("claim", "claim");
        assertThat(first).extracting(PinnedPlanSummary::getVersion).containsExactly(1, 2);
        assertThat(store.list(tenant, Optional.empty(), Optional.of(PinReference.of("claim", 2)), 2))
                .extracting(PinnedPlanSummary::getName)
                .containsExactly("letter");
        assertThat(store.list(tenant, Optional.of("claim"), Optional.of(PinReference.of("claim", 1)), 2))
                .containsExactly(first.get(1));
        PinnedPlan pinned = store.find(tenant, PinReference.of("claim", 1)).orElseThrow();
        assertThat(first.get(0))
                .isEqualTo(PinnedPlanSummary.newBuilder()
                        .setName("claim")
                        .setVersion(1)
                        .setInstruction(pinned.getInstruction())
                        .setSteps(2)
                        .setCreatedAt(pinned.getCreatedAt())
                        .setDigest(pinned.getDigest())
                        .build());
    }

    @Test
    void thoseWhoPinAtOnceGetDifferentNumbersAndKeepTheLimit() throws Exception {
        List<Callable<PinOutcome>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            PinnedPlan plan = plan(i % 2 == 0 ? "claim" : "letter", "content " + i);
            all.add(() -> store.pin(tenant, plan, 9));
        }
        List<PinOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<PinOutcome> outcome : threads.invokeAll(all)) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes).filteredOn(PinOutcome.Created.class::isInstance).hasSize(9);
        assertThat(outcomes).filteredOn(PinOutcome.Full.class::isInstance).hasSize(3);
        for (String name : List.of("claim", "letter")) {
            List<Integer> versions = store.list(tenant, Optional.of(name), Optional.empty(), 20).stream()
                    .map(PinnedPlanSummary::getVersion)
                    .toList();
            for (int i = 0; i < versions.size(); i++) {
                assertThat(versions.get(i)).isEqualTo(i + 1);
            }
        }
    }

    private PinnedPlan created(String name, String content) {
        assertThat(store.pin(tenant, plan(name, content), LIMIT)).isInstanceOf(PinOutcome.Created.class);
        return store.find(tenant, name(name)).orElseThrow();
    }

    private static PinReference name(String name) {
        return PinReference.parse(name).orElseThrow();
    }

    private static PinnedPlan plan(String name, String content) {
        return PinnedPlan.newBuilder()
                .setName(name)
                .setInstruction("rewrite this: " + content)
                .setPlan(Plans.chain("first", "second"))
                .addContracts(Plans.contract("first"))
                .setDigest("sha256:" + content)
                .setCreatedAt(Timestamps.fromMicros(1_767_225_600_123_456L))
                .build();
    }
}
