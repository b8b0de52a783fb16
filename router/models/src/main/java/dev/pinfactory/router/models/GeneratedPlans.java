package dev.pinfactory.router.models;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.sketch.EdgeFeatures;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Plans made up from a library's types, for the link model: specialists whose inputs are fed by others or by the request itself, spoken of mostly in the order
 * in which they work. No text is made; the model sees none.
 */
final class GeneratedPlans {
    private static final int LARGEST = 6;
    /** How often a plan goes on from what it did last rather than from the request or something earlier. */
    private static final double GOES_ON = 0.75;
    /** How often a new start takes something earlier rather than what the request brings. */
    private static final double REACHES_BACK = 0.3;
    /** How often a second input comes from earlier. */
    private static final double GATHERS = 0.6;
    /** "B of the result of A": neighbours are spoken of the other way around. */
    private static final double TURNED = 0.12;
    /** Two specialists in one clause. */
    private static final double TOGETHER = 0.15;

    private final List<Contract> library;
    private final ToolGraph graph;
    private final Random random;

    GeneratedPlans(List<Contract> library, ToolGraph graph, long seed) {
        this.library =
                library.stream().sorted(Comparator.comparing(Contract::getId)).toList();
        this.graph = graph;
        this.random = new Random(seed);
    }

    /** One plan. */
    record Generated(List<Use> uses, EdgeFeatures features, Set<Link> links) {}

    Generated next(boolean typed) {
        List<Contract> tools = new ArrayList<>();
        Set<Link> links = new HashSet<>();
        Set<String> raw = new HashSet<>();
        int size = 1 + random.nextInt(LARGEST);
        while (tools.size() < size) {
            Optional<Contract> goesOnFrom =
                    !tools.isEmpty() && random.nextDouble() < GOES_ON ? Optional.of(tools.getLast()) : Optional.empty();
            List<Contract> options = new ArrayList<>(library);
            options.removeAll(tools);
            if (typed) {
                options.removeIf(option -> goesOnFrom.isPresent() && !fits(goesOnFrom.get(), option));
            }
            if (options.isEmpty()) {
                break;
            }
            Contract tool = options.get(random.nextInt(options.size()));
            connect(tool, goesOnFrom, tools, links, raw, typed);
            tools.add(tool);
        }
        List<Contract> bare =
                typed ? tools : tools.stream().map(GeneratedPlans::untyped).toList();
        List<Use> uses = mentioned(bare);
        return new Generated(uses, new EdgeFeatures(uses, graph(typed, links, tools), typed ? raw : Set.of()), links);
    }

    private void connect(
            Contract tool,
            Optional<Contract> last,
            List<Contract> earlier,
            Set<Link> links,
            Set<String> raw,
            boolean typed) {
        if (!typed) {
            if (!earlier.isEmpty()) {
                links.add(new Link(earlier.getLast().getId(), tool.getId()));
            }
            return;
        }
        boolean fedByLast = false;
        for (Port port : tool.getInputsList()) {
            List<Contract> others = earlier.stream()
                    .filter(other -> !last.equals(Optional.of(other)) && gives(other, port))
                    .toList();
            if (!fedByLast && last.isPresent() && gives(last.get(), port)) {
                fedByLast = true;
                links.add(new Link(last.get().getId(), tool.getId()));
            } else if (!others.isEmpty() && random.nextDouble() < (last.isEmpty() ? REACHES_BACK : GATHERS)) {
                links.add(new Link(others.get(random.nextInt(others.size())).getId(), tool.getId()));
            } else {
                raw.add(port.getType());
            }
        }
    }

    /** A graph of what types allow; unknown in half of the plans. */
    private ToolGraph graph(boolean typed, Set<Link> links, List<Contract> tools) {
        if (random.nextBoolean()) {
            return ToolGraph.UNKNOWN;
        }
        if (graph.isKnown() && typed) {
            return graph;
        }
        Set<Link> edges = new HashSet<>(links);
        for (Contract from : tools) {
            for (Contract to : tools) {
                if (from != to && random.nextDouble() < 0.1) {
                    edges.add(new Link(from.getId(), to.getId()));
                }
            }
        }
        return new ToolGraph(edges);
    }

    private List<Use> mentioned(List<Contract> tools) {
        List<Contract> order = new ArrayList<>(tools);
        for (int i = 0; i + 1 < order.size(); i++) {
            if (random.nextDouble() < TURNED) {
                Collections.swap(order, i, i + 1);
                i++;
            }
        }
        List<Use> uses = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < order.size(); i++) {
            at += i == 0 || random.nextDouble() < TOGETHER ? random.nextDouble() * 0.3 : 1;
            uses.add(new Use(order.get(i), at, List.of()));
        }
        double all = at + 1;
        return uses.stream()
                .map(use -> new Use(use.contract(), use.mention() / all, List.of()))
                .toList();
    }

    private static Contract untyped(Contract contract) {
        return contract.toBuilder().clearInputs().clearOutputs().build();
    }

    private static boolean fits(Contract from, Contract to) {
        return to.getInputsList().stream().anyMatch(port -> gives(from, port));
    }

    private static boolean gives(Contract from, Port port) {
        return from.getOutputsList().stream().anyMatch(out -> out.getType().equals(port.getType()));
    }
}
