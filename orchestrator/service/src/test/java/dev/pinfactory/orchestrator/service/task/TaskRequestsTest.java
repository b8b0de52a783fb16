package dev.pinfactory.orchestrator.service.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.orchestrator.service.content.TaskContent;
import dev.pinfactory.orchestrator.service.pin.PinnedTasks;
import dev.pinfactory.orchestrator.service.store.NewTask;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.WithSwarm;
import dev.pinfactory.orchestrator.service.trace.Tracing;
import dev.pinfactory.proto.v1.PinPlanRequest;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.registry.client.CatalogSnapshot;
import dev.pinfactory.registry.client.RegistryClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tasks that come in while the catalogue changes. */
class TaskRequestsTest extends WithSwarm {
    private static final Caller CALLER = new Caller("local", Optional.empty(), Optional.empty());

    /** Its cards have other words at every look. */
    private final AtomicInteger looks = new AtomicInteger();

    private CatalogSnapshot catalog() {
        Snapshot.Builder changed = swarm.bean(RegistryClient.class).current().toMessage().toBuilder();
        int look = looks.incrementAndGet();
        changed.getEntriesBuilderList()
                .forEach(entry -> entry.getContractBuilder().setSummary("Rewrites text, words " + look));
        return CatalogSnapshot.of(changed.build());
    }

    private TaskRequests requests() {
        Duration hour = Duration.ofHours(1);
        return new TaskRequests(
                this::catalog,
                swarm.bean(TaskContent.class),
                swarm.bean(PinnedTasks.class),
                new TaskLimits(hour, hour, hour),
                swarm.bean(Tracing.class),
                Clock.systemUTC());
    }

    @BeforeAll
    static void pin() {
        var unused = swarm.client()
                .pinPlan(PinPlanRequest.newBuilder()
                        .setName("claim")
                        .setTask(Plans.task("x"))
                        .build());
    }

    @Test
    void aPinnedPlanIsCheckedAgainstTheCardsThatItWasFittedTo() {
        Task named = Plans.task("hello").toBuilder().setPinnedPlan("claim").build();
        NewTask accepted = requests().accept(CALLER, named, Optional.empty(), true);
        assertThat(accepted.task().getPinnedPlan()).isEqualTo("claim@1");
        assertThat(looks).hasValue(1);
    }
}
