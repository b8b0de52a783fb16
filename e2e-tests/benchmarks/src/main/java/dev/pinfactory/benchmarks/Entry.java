package dev.pinfactory.benchmarks;

import java.util.concurrent.ExecutorService;

/** Who takes part, in the order of the table's columns. */
public enum Entry {
    BY_HAND,
    PINFACTORY,
    LANGCHAIN4J_AGENTIC;

    Contestant build(Shape shape, ExecutorService executor, Ticker ticker) {
        return switch (this) {
            case BY_HAND -> new HandWritten(shape, executor);
            case PINFACTORY -> new Pinfactory(shape, executor, ticker);
            case LANGCHAIN4J_AGENTIC -> new LangChain(shape, executor);
        };
    }
}
