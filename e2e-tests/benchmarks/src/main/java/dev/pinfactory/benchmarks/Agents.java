package dev.pinfactory.benchmarks;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.service.V;
import java.util.List;

/** The steps as langchain4j-agentic's agents without a model: plain objects that declare what they read and what they write. */
public final class Agents {
    private Agents() {}

    /** Reads the task's letter. */
    public record A(Shape.Node node) {
        @Agent(name = "a", outputKey = "a")
        public String work(@V("letter") String letter) {
            return Specialist.work(node, List.of());
        }
    }

    /** Reads the task's letter. */
    public record B(Shape.Node node) {
        @Agent(name = "b", outputKey = "b")
        public String work(@V("letter") String letter) {
            return Specialist.work(node, List.of());
        }
    }

    /** Reads A. */
    public record C(Shape.Node node) {
        @Agent(name = "c", outputKey = "c")
        public String work(@V("a") String a) {
            return Specialist.work(node, List.of(a));
        }
    }

    /** Reads B. */
    public record D(Shape.Node node) {
        @Agent(name = "d", outputKey = "d")
        public String work(@V("b") String b) {
            return Specialist.work(node, List.of(b));
        }
    }

    /** Reads A and B: the N's slanted edge. */
    public record DofN(Shape.Node node) {
        @Agent(name = "d", outputKey = "d")
        public String work(@V("a") String a, @V("b") String b) {
            return Specialist.work(node, List.of(a, b));
        }
    }

    /** Reads C and D. */
    public record E(Shape.Node node) {
        @Agent(name = "e", outputKey = "e")
        public String work(@V("c") String c, @V("d") String d) {
            return Specialist.work(node, List.of(c, d));
        }
    }
}
