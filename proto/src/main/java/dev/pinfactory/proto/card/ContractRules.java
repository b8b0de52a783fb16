package dev.pinfactory.proto.card;

import static dev.pinfactory.proto.card.CardFields.quoted;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.type.JsonSchemas;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.TypeDeclaration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of a contract. */
final class ContractRules {
    private static final String WORD = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final Pattern ID = Pattern.compile("(?=.{1,128}$)(" + WORD + "/)?" + WORD);
    private static final Pattern ANY_ID = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,128}");
    private static final Pattern CAPABILITY = Pattern.compile("(?=.{1,128}$)" + WORD + "(\\." + WORD + ")*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern ANY_NAME = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,128}");
    private static final Pattern TYPE_NAME = Pattern.compile("(?=.{1,128}$)" + WORD + "/" + WORD);
    private static final Pattern DATA_CLASS = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern DATA_CLASS_OR_ALL = Pattern.compile("\\*|[a-z][a-z0-9-]{0,63}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}");
    private static final int MAX_SUMMARY = 200;
    private static final int MAX_DESCRIPTION = 4_000;
    private static final int MAX_EXAMPLES = 64;
    private static final int MAX_EXAMPLE = 500;
    private static final int MAX_PORTS = 32;
    private static final int MAX_LIST = 64;
    private static final int MAX_COLUMNS = 2_000;
    private static final int MAX_COLUMN = 200;

    private final CardFields fields;
    private final SemanticTypes types;
    private final String at;

    ContractRules(CardFields fields, SemanticTypes types, String at) {
        this.fields = fields;
        this.types = types;
        this.at = at;
    }

    void check(Contract contract) {
        fields.matches(
                at + ".id",
                contract.getId(),
                fields.strict ? ID : ANY_ID,
                fields.strict
                        ? "lower-case words joined by '-', such as 'receipt-fields' or 'acme/risk'"
                        : "a printable name");
        fields.matches(at + ".capability", contract.getCapability(), CAPABILITY, "a slug such as 'extract.receipt'");
        texts(contract);
        ports("inputs", contract.getInputsList());
        ports("outputs", contract.getOutputsList());
        if (fields.strict && contract.getOutputsCount() == 0) {
            fields.add(at + ".outputs", "is empty; expected at least one port");
        }
        parameters(contract.getParametersList());
        lists(contract);
        fields.atMost(at + ".types", contract.getTypesCount(), MAX_LIST, "types");
        for (int i = 0; i < Math.min(MAX_LIST, contract.getTypesCount()); i++) {
            type(contract.getTypes(i), at + ".types[" + i + "]");
        }
        if (fields.strict
                && (contract.getKind() == Contract.Kind.KIND_UNSPECIFIED
                        || contract.getKind() == Contract.Kind.UNRECOGNIZED)) {
            fields.add(at + ".kind", "is missing; expected MODEL, CODE or LLM");
        }
    }

    private void texts(Contract contract) {
        if (contract.getSummary().isBlank()) {
            fields.add(at + ".summary", "is empty; expected one line that says what it does");
        }
        fields.text(at + ".summary", contract.getSummary(), MAX_SUMMARY, false);
        fields.text(at + ".description", contract.getDescription(), MAX_DESCRIPTION, true);
        examples("examples", contract.getExamplesList());
        examples("counter_examples", contract.getCounterExamplesList());
    }

    private void examples(String list, List<String> examples) {
        fields.atMost(at + "." + list, examples.size(), MAX_EXAMPLES, "examples");
        for (int i = 0; i < Math.min(MAX_EXAMPLES, examples.size()); i++) {
            String field = at + "." + list + "[" + i + "]";
            if (examples.get(i).isBlank()) {
                fields.add(field, "is empty");
            }
            fields.text(field, examples.get(i), MAX_EXAMPLE, false);
        }
    }

    private void ports(String list, List<Port> ports) {
        fields.atMost(at + "." + list, ports.size(), MAX_PORTS, "ports");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < Math.min(MAX_PORTS, ports.size()); i++) {
            Port port = ports.get(i);
            String field = at + "." + list + "[" + i + "]";
            fields.matches(field + ".name", port.getName(), NAME, "a letter, then letters, digits, '_' or '-'");
            if (!names.add(port.getName())) {
                fields.add(field + ".name", quoted(port.getName()) + " is the name of another port too");
            }
            if (!types.isKnown(port.getType())) {
                fields.add(
                        field + ".type",
                        quoted(port.getType()) + " is neither a built-in type nor declared in 'types'");
            }
            if (port.getCardinality() == Port.Cardinality.UNRECOGNIZED) {
                fields.add(field + ".cardinality", "expected ONE or MANY");
            }
            fields.text(field + ".description", port.getDescription(), MAX_DESCRIPTION, true);
            columns(port, field + ".columns");
        }
    }

    private void columns(Port port, String field) {
        List<String> columns = port.getColumnsList();
        if (!columns.isEmpty() && !named(port.getType())) {
            fields.add(field, "belongs to a port of type table or series; this one has type " + quoted(port.getType()));
        }
        fields.atMost(field, columns.size(), MAX_COLUMNS, "columns");
        for (int i = 0; i < Math.min(MAX_COLUMNS, columns.size()); i++) {
            if (columns.get(i).isBlank()) {
                fields.add(field + "[" + i + "]", "is empty");
            }
            fields.text(field + "[" + i + "]", columns.get(i), MAX_COLUMN, false);
        }
    }

    private boolean named(String type) {
        return types.isAssignable(type, SemanticTypes.TABLE) || types.isAssignable(type, SemanticTypes.SERIES);
    }

    private void parameters(List<Parameter> parameters) {
        fields.atMost(at + ".parameters", parameters.size(), MAX_PORTS, "parameters");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < Math.min(MAX_PORTS, parameters.size()); i++) {
            Parameter parameter = parameters.get(i);
            String field = at + ".parameters[" + i + "]";
            fields.matches(
                    field + ".name",
                    parameter.getName(),
                    fields.strict ? NAME : ANY_NAME,
                    "a letter, then letters, digits, '_' or '-'");
            if (!names.add(parameter.getName())) {
                fields.add(field + ".name", quoted(parameter.getName()) + " is the name of another parameter too");
            }
            fields.text(field + ".description", parameter.getDescription(), MAX_DESCRIPTION, true);
            ParameterValues.check(fields, parameter, field);
        }
    }

    private void lists(Contract contract) {
        fields.atMost(at + ".languages", contract.getLanguagesCount(), 500, "languages");
        fields.all(at + ".languages", contract.getLanguagesList(), LANGUAGE, "a BCP 47 tag such as 'en' or 'pt-BR'");
        String expected = "a name such as 'personal'";
        fields.atMost(at + ".accepts_data_classes", contract.getAcceptsDataClassesCount(), MAX_LIST, "classes");
        fields.all(
                at + ".accepts_data_classes",
                contract.getAcceptsDataClassesList(),
                DATA_CLASS_OR_ALL,
                expected + ", or '*'");
        fields.all(at + ".detects_data_classes", contract.getDetectsDataClassesList(), DATA_CLASS, expected);
        fields.all(at + ".clears_data_classes", contract.getClearsDataClassesList(), DATA_CLASS, expected);
    }

    private void type(TypeDeclaration type, String field) {
        if (fields.strict) {
            fields.matches(
                    field + ".name", type.getName(), TYPE_NAME, "a namespace and a name, such as 'acme/invoice'");
        }
        if (!type.getParent().isEmpty() && !types.isKnown(type.getParent())) {
            fields.add(field + ".parent", quoted(type.getParent()) + " is not a known type");
        }
        fields.text(field + ".description", type.getDescription(), MAX_DESCRIPTION, true);
        if (type.hasJsonSchema()) {
            for (FieldViolation violation : JsonSchemas.check(type.getJsonSchema(), field + ".json_schema")) {
                fields.add(violation.field(), violation.description());
            }
        }
    }
}
