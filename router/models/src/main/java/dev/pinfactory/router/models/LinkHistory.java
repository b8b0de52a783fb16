package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.sketch.EdgeFeatures;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Who fed whom in labelled examples, who came before whom, and where in a plan a tool stood; each figure also as if one example had not been there.
 * Immutable.
 */
final class LinkHistory {
    private static final int ADDED = 13;
    /** Length of a row. */
    static final int COUNT = EdgeFeatures.COUNT + ADDED;

    private static final int NEIGHBOURS = 8;

    private final List<Chain> chains;
    private final int[] counts;
    private final double[] depths;
    private final int[][] fed;
    private final int[][] before;

    /**
     * The links of one example.
     *
     * @param links pairs of tools
     * @param tools that are linked
     * @param depth of each of them: 0 for those that nobody feeds, 1 for the last
     */
    private record Chain(int[][] links, int[] tools, double[] depth) {
        static Chain of(int[][] links) {
            int[] tools = Arrays.stream(links)
                    .flatMapToInt(Arrays::stream)
                    .sorted()
                    .distinct()
                    .toArray();
            int[] depth = new int[tools.length];
            // As many rounds as there are tools reach the end of every path; labels with a cycle stop there too.
            for (int round = 1; round < tools.length; round++) {
                for (int[] link : links) {
                    int to = Arrays.binarySearch(tools, link[1]);
                    depth[to] = Math.min(
                            tools.length - 1, Math.max(depth[to], depth[Arrays.binarySearch(tools, link[0])] + 1));
                }
            }
            double deepest = Math.max(1, Arrays.stream(depth).max().orElse(1));
            return new Chain(
                    links,
                    tools,
                    Arrays.stream(depth).mapToDouble(each -> each / deepest).toArray());
        }

        /** Depth of a tool, or -1. */
        double depth(int tool) {
            int at = Arrays.binarySearch(tools, tool);
            return at < 0 ? -1 : depth[at];
        }

        boolean feeds(int from, int to) {
            return Arrays.stream(links).anyMatch(link -> link[0] == from && link[1] == to);
        }

        boolean isBefore(int first, int second) {
            double at = depth(first);
            return at >= 0 && at < depth(second);
        }
    }

    private LinkHistory(List<int[][]> links, int tools) {
        this.chains = links.stream().map(Chain::of).toList();
        this.counts = new int[tools];
        this.depths = new double[tools];
        this.fed = new int[tools][tools];
        this.before = new int[tools][tools];
        for (Chain chain : chains) {
            for (int i = 0; i < chain.tools.length; i++) {
                counts[chain.tools[i]]++;
                depths[chain.tools[i]] += chain.depth[i];
                for (int j = 0; j < chain.tools.length; j++) {
                    before[chain.tools[i]][chain.tools[j]] += chain.depth[i] < chain.depth[j] ? 1 : 0;
                }
            }
            for (int[] link : chain.links) {
                fed[link[0]][link[1]]++;
            }
        }
    }

    static LinkHistory of(List<FitExample> examples, Map<String, Integer> places) {
        return new LinkHistory(
                examples.stream().map(example -> pairs(example, places)).toList(), places.size());
    }

    private static int[][] pairs(FitExample example, Map<String, Integer> places) {
        return example.links().stream()
                .filter(link -> places.containsKey(link.from()) && places.containsKey(link.to()))
                .filter(link -> !link.from().equals(link.to()))
                .map(link -> pair(link, places))
                .sorted(Arrays::compare)
                .toArray(int[][]::new);
    }

    private static int[] pair(Link link, Map<String, Integer> places) {
        return new int[] {places.getOrDefault(link.from(), -1), places.getOrDefault(link.to(), -1)};
    }

    /**
     * A pair's row: what is known of it without history, then what history says.
     *
     * @param from place of a tool; -1 for one that no example knows
     * @param similarities of the request to the examples
     * @param without the example that the request itself is, in training; -1 otherwise
     */
    float[] row(float[] edge, int from, int to, float[] similarities, int without) {
        float[] row = Arrays.copyOf(edge, COUNT);
        if (from < 0 || to < 0) {
            row[EdgeFeatures.COUNT] = -1;
            return row;
        }
        Chain own = without < 0 ? Chain.of(new int[0][]) : chains.get(without);
        double times = fed[from][to] - (own.feeds(from, to) ? 1 : 0);
        double back = fed[to][from] - (own.feeds(to, from) ? 1 : 0);
        double earlier = before[from][to] - (own.isBefore(from, to) ? 1 : 0);
        double later = before[to][from] - (own.isBefore(to, from) ? 1 : 0);
        double ofFrom = counts[from] - (own.depth(from) >= 0 ? 1 : 0);
        double ofTo = counts[to] - (own.depth(to) >= 0 ? 1 : 0);
        double depthFrom = (depths[from] - Math.max(0, own.depth(from)) + 0.5) / (ofFrom + 1);
        double depthTo = (depths[to] - Math.max(0, own.depth(to)) + 0.5) / (ofTo + 1);
        double[] added = {
            Math.log((times + 0.5) / (back + 0.5)),
            (times + 0.1) / (ofFrom + 1),
            (times + 0.1) / (ofTo + 1),
            Math.log((earlier + 0.5) / (later + 0.5)),
            Math.log(1 + earlier + later),
            (times + 0.5) / (earlier + 1),
            depthFrom,
            depthTo,
            depthTo - depthFrom,
            Math.log(1 + Math.min(ofFrom, ofTo))
        };
        for (int i = 0; i < added.length; i++) {
            row[EdgeFeatures.COUNT + i] = (float) added[i];
        }
        neighbours(row, from, to, similarities, without);
        return row;
    }

    /** What the nearest examples that link both tools say. */
    private void neighbours(float[] row, int from, int to, float[] similarities, int without) {
        int[] nearest = Neighbours.nearest(
                similarities,
                NEIGHBOURS,
                i -> i != without
                        && chains.get(i).depth(from) >= 0
                        && chains.get(i).depth(to) >= 0);
        double all = 0.1;
        double feeding = 0;
        double order = 0;
        for (int example : nearest) {
            double weight = similarities[example];
            Chain chain = chains.get(example);
            all += weight;
            feeding += chain.feeds(from, to) ? weight : 0;
            order += chain.isBefore(from, to) ? weight : chain.isBefore(to, from) ? -weight : 0;
        }
        row[COUNT - 3] = (float) (feeding / all);
        row[COUNT - 2] = (float) (order / all);
        row[COUNT - 1] = nearest.length == 0 ? 0 : similarities[nearest[0]];
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(chains.size());
        for (Chain chain : chains) {
            out.writeShort(chain.links.length);
            for (int[] link : chain.links) {
                out.writeShort(link[0]);
                out.writeShort(link[1]);
            }
        }
    }

    /** @throws IOException when a link names a tool that is not there, or the number of examples is another one */
    static LinkHistory read(DataInputStream in, int examples, int tools) throws IOException {
        int size = in.readInt();
        if (size != examples) {
            throw new IOException("links of " + size + " examples, expected " + examples);
        }
        List<int[][]> links = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int[][] pairs = new int[in.readUnsignedShort()][];
            for (int link = 0; link < pairs.length; link++) {
                pairs[link] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
                if (Math.max(pairs[link][0], pairs[link][1]) >= tools) {
                    throw new IOException(
                            "a link names tool " + Math.max(pairs[link][0], pairs[link][1]) + " of " + tools);
                }
            }
            links.add(pairs);
        }
        return new LinkHistory(links, tools);
    }
}
