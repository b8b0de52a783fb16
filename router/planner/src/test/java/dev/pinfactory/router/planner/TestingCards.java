package dev.pinfactory.router.planner;

import com.google.protobuf.Value;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import java.util.List;

/** Contracts of a freight forwarder. */
final class TestingCards {
    static final Contract SCAN =
            card("scan", "read.scan", "scan photo", List.of(port("image", "image")), List.of(port("text", "text")));
    static final Contract WEIGH = card(
            "weigh",
            "extract.weight",
            "weight carrier",
            List.of(port("text", "text")),
            List.of(port("shipment", "fields").toBuilder()
                    .setDescription("carrier, weight")
                    .build()));
    static final Contract URGENCY = card(
            "urgency",
            "classify.urgency",
            "urgent",
            List.of(port("text", "text")),
            List.of(port("urgency", "labels").toBuilder()
                    .setDescription("urgent or routine")
                    .build()));
    static final Contract MASK =
            card("mask", "mask.names", "mask names", List.of(port("text", "text")), List.of(port("masked", "text")));
    static final Contract CONDENSE = card(
                    "condense", "condense", "condense", List.of(port("text", "text")), List.of(port("short", "text")))
            .toBuilder()
            .addParameters(Parameter.newBuilder()
                    .setName("lines")
                    .setKind(Parameter.Kind.INTEGER)
                    .setDescription("how many lines")
                    .setDefaultValue(Value.newBuilder().setNumberValue(3)))
            .build();
    static final Contract CONDENSE_TOO = CONDENSE.toBuilder()
            .setId("condense-too")
            .setSummary("condense otherwise slowly")
            .build();
    static final Contract COMPARE = card(
            "compare",
            "compare",
            "compare offers",
            List.of(port("offers", "text").toBuilder()
                    .setCardinality(Port.Cardinality.MANY)
                    .build()),
            List.of(port("ranking", "labels")));
    static final Contract TRANSLATE = card(
                    "translate",
                    "translate",
                    "translate",
                    List.of(port("text", "text")),
                    List.of(port("translation", "text")))
            .toBuilder()
            .addParameters(Parameter.newBuilder()
                    .setName("target")
                    .setKind(Parameter.Kind.LANGUAGE)
                    .setRequired(true))
            .build();

    static final Contracts ALL = Contracts.of(SCAN, WEIGH, URGENCY, MASK, CONDENSE, CONDENSE_TOO, COMPARE, TRANSLATE);

    private TestingCards() {}

    static Port port(String name, String type) {
        return Port.newBuilder().setName(name).setType(type).build();
    }

    static Contract card(String id, String capability, String summary, List<Port> inputs, List<Port> outputs) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability(capability)
                .setSummary(summary)
                .addAllInputs(inputs)
                .addAllOutputs(outputs)
                .addAcceptsDataClasses("*")
                .setKind(Contract.Kind.MODEL)
                .build();
    }
}
