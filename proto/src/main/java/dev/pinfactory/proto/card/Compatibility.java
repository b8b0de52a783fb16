package dev.pinfactory.proto.card;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a plan that was made for one contract also holds for another of the same id. */
public final class Compatibility {
    private final Contract before;
    private final Contract after;
    private final List<FieldViolation> broken = new ArrayList<>();

    private Compatibility(Contract before, Contract after) {
        this.before = before;
        this.after = after;
    }

    /**
     * What such a plan would trip over; empty when nothing. Words (summary, description, examples) may change, and so may languages: whether one that is lost
     * matters depends on what is fed to it, see {@link Languages}.
     */
    public static List<FieldViolation> broken(Contract before, Contract after) {
        Compatibility comparison = new Compatibility(before, after);
        comparison.compareWhole();
        comparison.comparePorts("inputs", before.getInputsList(), after.getInputsList(), true);
        comparison.comparePorts("outputs", before.getOutputsList(), after.getOutputsList(), false);
        comparison.compareParameters();
        return List.copyOf(comparison.broken);
    }

    /** Plans for either hold for the other: only words differ. */
    public static boolean sameInterface(Contract one, Contract other) {
        return broken(one, other).isEmpty() && broken(other, one).isEmpty();
    }

    private void compareWhole() {
        if (!before.getCapability().equals(after.getCapability())) {
            differs("contract.capability", before.getCapability(), after.getCapability());
        }
        if (before.getKind() != after.getKind()) {
            differs("contract.kind", before.getKind(), after.getKind());
        }
        if (before.getIdempotent() && !after.getIdempotent()) {
            differs("contract.idempotent", true, false);
        }
        keeps("contract.accepts_data_classes", before.getAcceptsDataClassesList(), after.getAcceptsDataClassesList());
        keeps("contract.detects_data_classes", before.getDetectsDataClassesList(), after.getDetectsDataClassesList());
        keeps("contract.clears_data_classes", before.getClearsDataClassesList(), after.getClearsDataClassesList());
    }

    private void keeps(String field, List<String> had, List<String> has) {
        Set<String> lost = had.stream()
                .filter(one -> !has.contains(one) && !has.contains("*"))
                .collect(Collectors.toUnmodifiableSet());
        if (!lost.isEmpty()) {
            broken.add(new FieldViolation(field, "no longer has " + lost));
        }
    }

    private void comparePorts(String field, List<Port> had, List<Port> has, boolean inputs) {
        Map<String, Port> now = byName(has, Port::getName);
        for (Port port : had) {
            String at = "contract." + field + "[" + port.getName() + "]";
            Port same = now.get(port.getName());
            if (same == null) {
                broken.add(new FieldViolation(at, "is no longer there"));
                continue;
            }
            if (!port.getType().equals(same.getType())) {
                differs(at + ".type", port.getType(), same.getType());
            }
            if (isMany(port) != isMany(same)) {
                differs(at + ".cardinality", port.getCardinality(), same.getCardinality());
            }
            if (inputs && port.getOptional() && !same.getOptional()) {
                differs(at + ".optional", true, false);
            }
        }
        if (inputs) {
            Map<String, Port> then = byName(had, Port::getName);
            has.stream()
                    .filter(port -> !then.containsKey(port.getName()) && !port.getOptional())
                    .forEach(port -> broken.add(new FieldViolation(
                            "contract." + field + "[" + port.getName() + "]", "is new and not optional")));
        }
    }

    private void compareParameters() {
        Map<String, Parameter> now = byName(after.getParametersList(), Parameter::getName);
        Map<String, Parameter> then = byName(before.getParametersList(), Parameter::getName);
        then.forEach((name, parameter) -> {
            String at = "contract.parameters[" + name + "]";
            Parameter same = now.get(name);
            if (same == null) {
                broken.add(new FieldViolation(at, "is no longer there"));
                return;
            }
            if (parameter.getKind() != same.getKind()) {
                differs(at + ".kind", parameter.getKind(), same.getKind());
            }
            if (!same.getAllowedValuesList().containsAll(parameter.getAllowedValuesList())) {
                differs(at + ".allowed_values", parameter.getAllowedValuesList(), same.getAllowedValuesList());
            }
            if (!parameter.getRequired() && same.getRequired()) {
                differs(at + ".required", false, true);
            }
        });
        now.values().stream()
                .filter(parameter -> !then.containsKey(parameter.getName()) && parameter.getRequired())
                .forEach(parameter -> broken.add(
                        new FieldViolation("contract.parameters[" + parameter.getName() + "]", "is new and required")));
    }

    private static boolean isMany(Port port) {
        return port.getCardinality() == Port.Cardinality.MANY;
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity(), (first, second) -> first));
    }

    private void differs(String field, Object was, Object is) {
        broken.add(new FieldViolation(field, "was " + was + ", is " + is));
    }
}
