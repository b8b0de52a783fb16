package dev.pinfactory.orchestrator.engine.simulation;

import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.CostHint;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The specialists of the simulation. {@code work2} has two required text inputs, {@code lax2} two optional ones, {@code join} one list.
 * Each gives a text and a list of texts. {@code spare2} takes over from the first two under other port names.
 */
final class Specialists {
    static final int MAX_INPUTS = 3;
    static final Contracts CONTRACTS = Contracts.of(contracts());
    static final Map<String, Version> VERSIONS = versions();

    private Specialists() {}

    private static List<Contract> contracts() {
        List<Contract> contracts = new ArrayList<>();
        for (int inputs = 0; inputs <= MAX_INPUTS; inputs++) {
            contracts.add(contract("work" + inputs, inputs, "in", false, "out", "list"));
            contracts.add(contract("lax" + inputs, inputs, "in", true, "out", "list"));
            contracts.add(contract("spare" + inputs, inputs, "eats", false, "gives", "rows"));
        }
        Port many = Port.newBuilder()
                .setName("in0")
                .setType("text")
                .setCardinality(Port.Cardinality.MANY)
                .build();
        contracts.add(contract("join", 0, "in", false, "out", "list").toBuilder()
                .addInputs(many)
                .build());
        contracts.add(contract("spare-join", 0, "in", false, "gives", "rows").toBuilder()
                .addInputs(many.toBuilder().setName("eats0"))
                .build());
        return contracts;
    }

    private static Contract contract(
            String id, int inputs, String input, boolean optional, String output, String list) {
        Contract.Builder contract = Contract.newBuilder().setId(id).setCapability("simulate");
        for (int i = 0; i < inputs; i++) {
            contract.addInputs(
                    Port.newBuilder().setName(input + i).setType("text").setOptional(optional));
        }
        return contract.addOutputs(Port.newBuilder().setName(output).setType("text"))
                .addOutputs(Port.newBuilder().setName(list).setType("text").setCardinality(Port.Cardinality.MANY))
                .build();
    }

    private static Map<String, Version> versions() {
        Map<String, Version> versions = new HashMap<>();
        for (Contract contract : CONTRACTS.all()) {
            Version.Builder version = Version.newBuilder().setNumber("1.0.0");
            if (contract.getId().startsWith("work")) {
                version.setCost(
                        CostHint.newBuilder().setP50(Durations.fromMillis(10)).setP99(Durations.fromMillis(40)));
            }
            versions.put(contract.getId(), version.build());
        }
        return Map.copyOf(versions);
    }
}
