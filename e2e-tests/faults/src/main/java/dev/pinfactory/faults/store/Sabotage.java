package dev.pinfactory.faults.store;

import dev.pinfactory.orchestrator.service.store.Acceptance;
import dev.pinfactory.orchestrator.service.store.Claim;
import dev.pinfactory.orchestrator.service.store.NewTask;
import dev.pinfactory.orchestrator.service.store.Progress;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.proto.events.v1.Event;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Seeded bugs of a task store, each of which some bar has to find. */
public enum Sabotage {
    NONE,
    /** Tells of each task's end twice, under another id. */
    REPEATS_EVENTS,
    /** Each twentieth task is acknowledged and never written. */
    FORGETS_TASKS,
    /** Acknowledges from memory, and writes afterwards. */
    ACKNOWLEDGES_BEFORE_COMMIT,
    /** Takes each repeat for a new task. */
    FORGETS_KEYS,
    /**
     * Takes whatever epoch a write names for the task's own, and leaves the events of a late one out: their unique sequence would refuse it as well, and hide that
     * the epoch does not.
     */
    FORGETS_EPOCHS;

    private static final int FORGOTTEN = 20;

    /** The store with the bug. */
    public TaskStore of(TaskStore store, DataSource dataSource) {
        AtomicLong accepted = new AtomicLong();
        return switch (this) {
            case NONE -> store;
            case REPEATS_EVENTS -> committing(store, (claim, progress) -> store.commit(claim, repeated(progress)));
            case FORGETS_TASKS ->
                accepting(
                        store,
                        (task, lease) -> accepted.incrementAndGet() % FORGOTTEN == 0
                                ? new Acceptance.Accepted(new Claim(task.tenant(), task.id(), 1))
                                : store.accept(task, lease));
            case ACKNOWLEDGES_BEFORE_COMMIT ->
                withoutKeys(accepting(store, (task, lease) -> {
                    Thread.ofVirtual().start(() -> store.accept(task, lease));
                    return new Acceptance.Accepted(new Claim(task.tenant(), task.id(), 1));
                }));
            case FORGETS_KEYS -> withoutKeys(accepting(store, (task, lease) -> store.accept(withoutKey(task), lease)));
            case FORGETS_EPOCHS -> {
                JdbcClient jdbc = JdbcClient.create(dataSource);
                yield committing(store, (claim, progress) -> {
                    Claim latest = latest(jdbc, claim);
                    store.commit(latest, latest.equals(claim) ? progress : withoutEvents(progress));
                });
            }
        };
    }

    private static Progress repeated(Progress progress) {
        List<Event> outbox = new ArrayList<>(progress.outbox());
        progress.outbox().stream()
                .filter(Event::hasTaskEnded)
                .map(event ->
                        event.toBuilder().setId(UUID.randomUUID().toString()).build())
                .forEach(outbox::add);
        return new Progress(progress.planned(), progress.steps(), progress.events(), outbox, progress.result());
    }

    /** No key was ever used. */
    private static TaskStore withoutKeys(TaskStore store) {
        return intercepted(store, "find", 3, arguments -> Optional.empty());
    }

    private static NewTask withoutKey(NewTask task) {
        return new NewTask(
                task.tenant(),
                task.task(),
                task.pinned(),
                task.result(),
                task.events(),
                task.content(),
                task.createdAt(),
                task.deadline(),
                task.traceParent(),
                Optional.empty());
    }

    private static Progress withoutEvents(Progress progress) {
        return new Progress(progress.planned(), progress.steps(), List.of(), progress.outbox(), progress.result());
    }

    private static Claim latest(JdbcClient jdbc, Claim claim) {
        return jdbc.sql("select epoch from task where id = :id")
                .param("id", claim.taskId())
                .query(Long.class)
                .optional()
                .map(epoch -> new Claim(claim.tenant(), claim.taskId(), epoch))
                .orElse(claim);
    }

    /** What accepts a task. */
    private interface Accepting {
        Acceptance accept(NewTask task, TaskStore.Lease lease);
    }

    private static TaskStore accepting(TaskStore store, Accepting accept) {
        return intercepted(
                store, "accept", 2, arguments -> accept.accept((NewTask) arguments[0], (TaskStore.Lease) arguments[1]));
    }

    /** What writes progress. */
    private interface Committing {
        void commit(Claim claim, Progress progress);
    }

    private static TaskStore committing(TaskStore store, Committing commit) {
        return intercepted(store, "commit", 2, arguments -> {
            commit.commit((Claim) arguments[0], (Progress) arguments[1]);
            return null;
        });
    }

    /** What is done instead of a method. */
    private interface Instead {
        @Nullable
        Object call(Object[] arguments);
    }

    private static TaskStore intercepted(TaskStore store, String name, int parameters, Instead instead) {
        return (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    boolean meant = method.getName().equals(name) && method.getParameterCount() == parameters;
                    return meant ? instead.call(arguments) : call(store, method, arguments);
                });
    }

    private static @Nullable Object call(TaskStore store, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
