package dev.pinfactory.faults.swarm;

import dev.pinfactory.faults.store.Sabotage;
import dev.pinfactory.orchestrator.service.OrchestratorApplication;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** The orchestrator with another task store or another clock; everything else is the product. */
public final class TestedOrchestrator {
    /** System property with the {@link Sabotage} of a process. */
    static final String SABOTAGE = "pinfactory.faults.sabotage";

    private TestedOrchestrator() {}

    /** For a process with a seeded bug. */
    public static void main(String[] arguments) {
        Sabotage sabotage = Sabotage.valueOf(System.getProperty(SABOTAGE, Sabotage.NONE.name()));
        start(sabotage::of, clock -> clock, arguments);
    }

    /** In this process. */
    public static ConfigurableApplicationContext start(
            BiFunction<TaskStore, DataSource, TaskStore> store, UnaryOperator<Clock> clock, String... arguments) {
        return OrchestratorApplication.builder()
                .initializers(context -> context.getBeanFactory()
                        .addBeanPostProcessor(new Replacing(context.getBeanFactory(), store, clock)))
                .run(arguments);
    }

    private record Replacing(
            ConfigurableListableBeanFactory beans,
            BiFunction<TaskStore, DataSource, TaskStore> store,
            UnaryOperator<Clock> clock)
            implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return switch (bean) {
                case TaskStore original -> store.apply(original, beans.getBean(DataSource.class));
                case Clock original -> clock.apply(original);
                default -> bean;
            };
        }
    }
}
