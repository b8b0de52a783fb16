package dev.pinfactory.benchmarks;

import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The graph in langchain4j-agentic, as well as its workflows can say it: branches side by side, each a sequence; for the N two levels, because C
 * needs A alone and D needs both. Steps are agents without a model that declare what they read and write, as a plan's steps do.
 */
final class LangChain implements Contestant {
    private final Executor executor;
    private final UntypedAgent workflow;

    LangChain(Shape shape, Executor executor) {
        this.executor = executor;
        List<Shape.Node> nodes = shape.nodes();
        boolean branches = nodes.get(3).needs().size() == 1;
        Object a = new Agents.A(nodes.get(0));
        Object b = new Agents.B(nodes.get(1));
        Object c = new Agents.C(nodes.get(2));
        Object d = branches ? new Agents.D(nodes.get(3)) : new Agents.DofN(nodes.get(3));
        Object e = new Agents.E(nodes.get(4));
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
}
