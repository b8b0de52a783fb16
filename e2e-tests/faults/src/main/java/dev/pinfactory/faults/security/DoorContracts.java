package dev.pinfactory.faults.security;

import com.google.protobuf.Value;
import com.google.protobuf.util.Values;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.CostHint;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Version;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The specialists that an adversary finds: harmless ones, a list, one that sends things away, one that costs money, one that may see nothing personal. */
public final class DoorContracts {
    static final String PERSONAL = "personal";
    static final double CPU_SECONDS = 0.01;
    static final String LLM_PRICE = "0.01";

    /** A text that comes back. */
    static final Contract ECHO =
            text("echo", "test.echo").addAcceptsDataClasses("*").build();
    /** The same by other names. */
    static final Contract MIRROR = contract("mirror", "test.echo")
            .addAcceptsDataClasses("*")
            .addInputs(port("body", "text"))
            .addOutputs(port("result", "text"))
            .build();
    /** Makes two of one. */
    static final Contract DOUBLE =
            text("double", "test.double").addAcceptsDataClasses("*").build();

    static final Contract SPLIT = contract("split", "test.split")
            .addAcceptsDataClasses("*")
            .addInputs(port("text", "text"))
            .addOutputs(many("parts", "text"))
            .build();
    static final Contract JOIN = contract("join", "test.join")
            .addAcceptsDataClasses("*")
            .addInputs(many("parts", "text"))
            .addOutputs(port("text", "text"))
            .build();
    static final Contract FIELDS = contract("fields", "test.fields")
            .addAcceptsDataClasses("*")
            .addInputs(port("text", "text"))
            .addOutputs(port("fields", "record"))
            .build();
    /** Takes everything. */
    static final Contract ARCHIVE = contract("archive", "test.archive")
            .addAcceptsDataClasses("*")
            .addInputs(port("thing", "any"))
            .addInputs(port("other", "any").setOptional(true))
            .addOutputs(port("text", "text"))
            .build();

    static final Contract TRANSLATE = text("translate", "test.translate")
            .addAcceptsDataClasses("*")
            .addParameters(parameter("language", Parameter.Kind.LANGUAGE).setRequired(true))
            .addParameters(parameter("tone", Parameter.Kind.ENUM)
                    .addAllowedValues("formal")
                    .addAllowedValues("informal")
                    .setDefaultValue(Values.of("informal")))
            .addParameters(parameter("lines", Parameter.Kind.INTEGER).setDefaultValue(Values.of(7)))
            .addParameters(parameter("before", Parameter.Kind.DATE))
            .build();
    /** What an attacker would like to reach. */
    static final Contract SEND = text("send", "test.send")
            .addAcceptsDataClasses("*")
            .addParameters(parameter("address", Parameter.Kind.STRING).setRequired(true))
            .build();
    /** May see nothing that has a class. */
    static final Contract PUBLIC = text("public", "test.echo").build();

    static final Contract MODEL = text("model", "test.model")
            .addAcceptsDataClasses("*")
            .setKind(Contract.Kind.LLM)
            .build();

    public static final List<Contract> ALL =
            List.of(ECHO, MIRROR, DOUBLE, SPLIT, JOIN, FIELDS, ARCHIVE, TRANSLATE, SEND, PUBLIC, MODEL);
    static final List<Value> DEFAULTS = ALL.stream()
            .flatMap(contract -> contract.getParametersList().stream())
            .filter(Parameter::hasDefaultValue)
            .map(Parameter::getDefaultValue)
            .toList();
    private static final java.util.Map<String, Contract> BY_ID =
            ALL.stream().collect(Collectors.toMap(Contract::getId, Function.identity()));

    private DoorContracts() {}

    static Contract of(String id) {
        return BY_ID.getOrDefault(id, Contract.getDefaultInstance());
    }

    static Version version(Contract contract) {
        CostHint.Builder cost = CostHint.newBuilder().setCpuSeconds(CPU_SECONDS);
        if (contract.getKind() == Contract.Kind.LLM) {
            cost.setPerCall(price());
        }
        return Version.newBuilder().setNumber("1.0.0").setCost(cost).build();
    }

    static Amount price() {
        return Amount.newBuilder().setValue(LLM_PRICE).setCurrency("EUR").build();
    }

    private static Contract.Builder contract(String id, String capability) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability(capability)
                .setSummary("For tests: " + id)
                .setKind(Contract.Kind.CODE)
                .setIdempotent(true);
    }

    private static Contract.Builder text(String id, String capability) {
        return contract(id, capability).addInputs(port("text", "text")).addOutputs(port("text", "text"));
    }

    private static Port.Builder port(String name, String type) {
        return Port.newBuilder().setName(name).setType(type);
    }

    private static Port.Builder many(String name, String type) {
        return port(name, type).setCardinality(Port.Cardinality.MANY);
    }

    private static Parameter.Builder parameter(String name, Parameter.Kind kind) {
        return Parameter.newBuilder().setName(name).setKind(kind);
    }
}
