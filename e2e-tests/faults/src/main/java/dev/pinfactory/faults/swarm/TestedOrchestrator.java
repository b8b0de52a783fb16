package dev.pinfactory.faults.swarm;

import dev.pinfactory.faults.store.Sabotage;
import dev.pinfactory.orchestrator.service.OrchestratorApplication;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** The orchestrator with another task store or another clock; everything else is the product. */
public final class TestedOrchestrator implements AutoCloseable {
    /** System property with the {@link Sabotage} of a process. */
    static final String SABOTAGE = "pinfactory.faults.sabotage";

    private final ConfigurableApplicationContext context;

    private TestedOrchestrator(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** For a process with a seeded bug. */
    public static void main(String[] arguments) {
        Sabotage sabotage = Sabotage.valueOf(System.getProperty(SABOTAGE, Sabotage.NONE.name()));
        run(sabotage::of, clock -> clock, Map.of(), arguments);
    }

    /** In this process, on free ports, as it is; it logs to a file in its folder. */
    public static TestedOrchestrator start(Path data, List<String> properties) {
        return start(data, (store, source) -> store, clock -> clock, Map.of(), properties);
    }

    /**
     * In this process, on free ports; it logs to a file in its folder.
     *
     * @param store makes of the product's store the one that is used
     * @param clock makes of the product's clock the one that is used
     */
    public static TestedOrchestrator start(
            Path data,
            BiFunction<TaskStore, DataSource, TaskStore> store,
            UnaryOperator<Clock> clock,
            List<String> properties) {
        return start(data, store, clock, Map.of(), properties);
    }

    /** In this process, on free ports, with somebody who notes how much time calls have that arrive. */
    public static TestedOrchestrator start(Path data, TimeLeft timeLeft, List<String> properties) {
        return start(data, (store, source) -> store, clock -> clock, Map.of("timeLeft", timeLeft), properties);
    }

    /** In this process, on free ports, with more beans than the product has. */
    public static TestedOrchestrator start(Path data, Map<String, Object> more, List<String> properties) {
        return start(data, (store, source) -> store, clock -> clock, more, properties);
    }

    private static TestedOrchestrator start(
            Path data,
            BiFunction<TaskStore, DataSource, TaskStore> store,
            UnaryOperator<Clock> clock,
            Map<String, Object> more,
            List<String> properties) {
        List<String> all = new ArrayList<>(properties);
        all.add("pinfactory.data-dir=" + data);
        all.add("server.port=0");
        all.add("spring.grpc.server.port=0");
        all.add("logging.threshold.console=OFF");
        all.add("logging.file.name=" + data.resolve("orchestrator.log"));
        Stream<String> arguments = all.stream().map(property -> "--" + property);
        return new TestedOrchestrator(run(store, clock, more, arguments.toArray(String[]::new)));
    }

    private static ConfigurableApplicationContext run(
            BiFunction<TaskStore, DataSource, TaskStore> store,
            UnaryOperator<Clock> clock,
            Map<String, Object> more,
            String... arguments) {
        return OrchestratorApplication.builder()
                .initializers(context -> {
                    var beans = context.getBeanFactory();
                    beans.addBeanPostProcessor(new Replacing(beans, store, clock));
                    more.forEach(beans::registerSingleton);
                })
                .run(arguments);
    }

    public String address() {
        return "127.0.0.1:" + context.getBean(GrpcServerLifecycle.class).getPort();
    }

    public String restAddress() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> List<T> beans(Class<T> type) {
        return context.getBeanProvider(type).stream().toList();
    }

    @Override
    public void close() {
        context.close();
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
