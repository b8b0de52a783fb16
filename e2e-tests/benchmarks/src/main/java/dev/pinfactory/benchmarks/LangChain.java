package dev.pinfactory.benchmarks;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The graph in langchain4j-agentic, as well as its workflows can say it: branches side by side, each a sequence; for the N two levels, because C
 * needs A alone and D needs both. Steps are its lightest agents, actions without a model.
 */
final class LangChain implements Contestant {
    private final Executor executor;
    private final UntypedAgent workflow;

    LangChain(Shape shape, Executor executor) {
        this.executor = executor;
        List<Object> agents = shape.nodes().stream().map(LangChain::agent).toList();
        Object a = agents.get(0);
        Object b = agents.get(1);
        Object c = agents.get(2);
        Object d = agents.get(3);
        Object e = agents.get(4);
        boolean branches = shape.nodes().get(3).needs().size() == 1;
        workflow = branches
                ? sequence(parallel(sequence(a, c), sequence(b, d)), e)
                : sequence(parallel(a, b), parallel(c, d), e);
    }

    @Override
    public String run() {
        return (String) workflow.invoke(Map.of("letter", "dear all"));
    }

    private UntypedAgent parallel(Object... agents) {
        return AgenticServices.parallelBuilder()
                .subAgents(agents)
                .executor(executor)
                .build();
    }

    private static UntypedAgent sequence(Object... agents) {
        return AgenticServices.sequenceBuilder()
                .subAgents(agents)
                .outputKey("e")
                .build();
    }

    private static Object agent(Shape.Node node) {
        return AgenticServices.agentAction(scope -> {
            List<String> texts =
                    node.needs().stream().map(need -> scope.readState(need, "")).toList();
            scope.writeState(node.id(), Specialist.work(node, texts));
        });
    }
}
