package dev.pinfactory.router.planner.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkingTest {
    private static final LinkScorer ALL = (from, to, features) -> 1;
    private static final LinkScorer NONE = (from, to, features) -> -3;
    private static final LinkScorer UNSURE = (from, to, features) -> -1;

    private static Use use(String id, double mention, String in, String out) {
        Contract.Builder contract = Contract.newBuilder().setId(id);
        if (!in.isEmpty()) {
            contract.addInputs(Port.newBuilder().setName("in").setType(in));
            contract.addOutputs(Port.newBuilder().setName("out").setType(out));
        }
        return new Use(contract.build(), mention, List.of());
    }

    private static List<Link> links(LinkScorer scorer, Use... uses) {
        return Linking.of(List.of(uses), new EdgeFeatures(List.of(uses), ToolGraph.UNKNOWN, Set.of()), scorer);
    }

    @Test
    void typesDecideWhoCanFeedWhom() {
        assertThat(links(ALL, use("scan", 0, "image", "text"), use("shorten", 0.5, "text", "text")))
                .containsExactly(new Link("scan", "shorten"));
    }

    @Test
    void noMoreLinksGoIntoAUseThanItHasInputs() {
        List<Link> links = links(
                ALL,
                use("scan", 0, "image", "text"),
                use("hear", 0.3, "audio", "text"),
                use("weigh", 0.6, "text", "number"));
        assertThat(links).hasSize(1);
    }

    @Test
    void linksNeverFormACircle() {
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            uses.add(use("turn" + i, i / 6.0, "text", "text"));
        }
        List<Link> links = links(ALL, uses.toArray(Use[]::new));
        assertThat(links).hasSize(5);
        assertThat(links).noneMatch(link -> links.contains(new Link(link.to(), link.from())));
    }

    @Test
    void aLonelyUseTakesItsBestLinkUnlessThatIsHopeless() {
        Use[] uses = {use("scan", 0, "image", "text"), use("shorten", 0.5, "text", "text")};
        assertThat(links(UNSURE, uses)).hasSize(1);
        assertThat(links(NONE, uses)).isEmpty();
    }

    @Test
    void withoutTypesUsesFormAChain() {
        List<Link> links = links(ALL, use("a", 0, "", ""), use("b", 0.3, "", ""), use("c", 0.6, "", ""));
        assertThat(links).hasSize(2);
        assertThat(links.stream().map(Link::from)).doesNotHaveDuplicates();
        assertThat(links.stream().map(Link::to)).doesNotHaveDuplicates();
    }

    @Test
    void aGraphRulesOutWhatItDoesNotHaveWhereTypesAreUnknown() {
        List<Use> uses = List.of(use("a", 0, "", ""), use("b", 0.5, "", ""));
        ToolGraph graph = new ToolGraph(Set.of(new Link("b", "a")));
        assertThat(Linking.of(uses, new EdgeFeatures(uses, graph, Set.of()), ALL))
                .containsExactly(new Link("b", "a"));
    }
}
