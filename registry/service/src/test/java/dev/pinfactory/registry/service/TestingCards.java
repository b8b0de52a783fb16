package dev.pinfactory.registry.service;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Version;
import java.nio.charset.StandardCharsets;

/** Cards of specialists that exist only here. */
public final class TestingCards {
    private TestingCards() {}

    public static Card card(String id, String number) {
        return card(contract(id), number);
    }

    public static Card card(Contract contract, String number) {
        String model = Digests.of((contract.getId() + number).getBytes(StandardCharsets.UTF_8));
        return Card.newBuilder()
                .setContract(contract)
                .setVersion(Version.newBuilder()
                        .setNumber(number)
                        .setModelDigest(model)
                        .setModelBytes(1000))
                .build();
    }

    public static Contract contract(String id) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability("classify." + id)
                .setSummary("Says what kind of " + id + " a text is")
                .setDescription("Says what kind of " + id + " a text is, with candidates.")
                .addExamples("What kind of " + id + " is this?")
                .addInputs(Port.newBuilder().setName("text").setType("text").setCardinality(Port.Cardinality.ONE))
                .addOutputs(
                        Port.newBuilder().setName("labels").setType("labels").setCardinality(Port.Cardinality.ONE))
                .addLanguages("en")
                .setKind(Contract.Kind.MODEL)
                .setIdempotent(true)
                .build();
    }

    public static Endpoint endpoint(String instance) {
        return Endpoint.newBuilder()
                .setAddress("inprocess:" + instance)
                .setInstance(instance)
                .setCapacity(4)
                .build();
    }
}
