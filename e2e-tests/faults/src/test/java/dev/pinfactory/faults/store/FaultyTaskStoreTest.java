package dev.pinfactory.faults.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.faults.store.FaultyTaskStore.Fault;
import dev.pinfactory.orchestrator.service.store.Claim;
import dev.pinfactory.orchestrator.service.store.FencedException;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class FaultyTaskStoreTest {
    private final List<String> executed = new ArrayList<>();

    /** Remembers its calls. */
    private final TaskStore remembering = (TaskStore) Proxy.newProxyInstance(
            TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                executed.add(method.getName());
                return method.getReturnType() == boolean.class
                        ? Boolean.TRUE
                        : method.getReturnType() == int.class ? 1 : null;
            });

    @Test
    void everyMethodFailsInEachWayAtItsRate() {
        int calls = 3_000;
        for (Method method : TaskStore.class.getMethods()) {
            executed.clear();
            FaultyTaskStore faulty = new FaultyTaskStore(remembering, 1, 0.1);
            for (int i = 0; i < calls; i++) {
                call(faulty.store(), method);
            }
            for (Fault fault : List.of(Fault.REFUSED, Fault.TIMED_OUT, Fault.EXECUTED_THEN_TIMED_OUT)) {
                assertThat(faulty.count(fault)).as("%s %s", method, fault).isBetween(230L, 370L);
            }
            assertThat(executed)
                    .hasSize((int) (faulty.count(Fault.NONE) + faulty.count(Fault.EXECUTED_THEN_TIMED_OUT)));
        }
    }

    private static void call(TaskStore store, Method method) {
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(type -> type == int.class ? (Object) 1 : type == long.class ? (Object) 1L : null)
                .toArray();
        try {
            method.invoke(store, arguments);
        } catch (ReflectiveOperationException e) {
            assertThat(e.getCause()).isInstanceOf(DataAccessException.class).hasMessageContaining(method.getName());
        }
    }

    @Test
    void theSameSeedFailsTheSameCalls() {
        assertThat(pattern(7)).isEqualTo(pattern(7)).isNotEqualTo(pattern(8));
    }

    private List<Boolean> pattern(long seed) {
        TaskStore store = new FaultyTaskStore(remembering, seed, 0.2).store();
        return Stream.generate(() -> {
                    try {
                        return store.requestCancel("a", "b");
                    } catch (DataAccessException e) {
                        return false;
                    }
                })
                .limit(100)
                .toList();
    }

    @Test
    void whatTheStoreItselfSaysIsPassedOn() {
        TaskStore fenced = (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    throw new FencedException(new Claim("a", "b", 1));
                });
        assertThatThrownBy(() -> new FaultyTaskStore(fenced, 1, 0).store().load(new Claim("a", "b", 1)))
                .isInstanceOf(FencedException.class);
    }
}
