package dev.pinfactory.specialists.adapters.openinference;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.specialists.adapters.server.MappingFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which tensors a model takes and gives, and where its server is.
 *
 * @param address {@code host:port}, as gRPC names targets
 * @param tls {@code false}, {@code true} for a server that the JVM trusts, or the name of an SSL bundle
 * @param batch the most items stacked along the first dimension; 0 where the model has no dimension for that
 * @param rawContents whether inputs travel as raw bytes, which every server takes, or as typed contents
 * @param abstainBelow labels with less confidence than this are abstained from
 */
public record Mapping(
        String address,
        @DefaultValue("false") String tls,
        String model,
        @DefaultValue("") String modelVersion,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("0") int batch,
        @DefaultValue("true") boolean rawContents,
        @DefaultValue("4MB") DataSize maxMessage,
        @DefaultValue("0") double abstainBelow,
        List<Input> inputs,
        List<Output> outputs) {
    public static final String ROOT = "open-inference";

    private static final String PLAIN = "false";
    private static final String TRUSTED_BY_JVM = "true";
    private static final long LARGEST_MESSAGE = DataSize.ofMegabytes(64).toBytes();

    public Mapping {
        require(address != null && !address.isBlank(), "address", "is required (host:port)");
        require(!tls.isBlank(), "tls", "is empty, expected false, true or the name of an SSL bundle");
        require(model != null && !model.isBlank(), "model", "is required");
        require(inputs != null && !inputs.isEmpty(), "inputs", "is required");
        require(outputs != null && !outputs.isEmpty(), "outputs", "is required");
        require(batch >= 0 && batch <= 1024, "batch", "is " + batch + ", expected 0 to 1024");
        require(timeout.isPositive(), "timeout", "is " + timeout + ", expected more than 0");
        require(
                maxMessage.toBytes() > 0 && maxMessage.toBytes() <= LARGEST_MESSAGE,
                "max-message",
                "is " + maxMessage + ", expected at most 64MB");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * One tensor that the model takes.
     *
     * @param from a port or a parameter of the card
     * @param shape of one item, without the batch's dimension; at most one -1, for what the item has
     * @param columns of a table or fields of a record, in the model's order
     */
    public record Input(
            String tensor,
            String from,
            Datatype datatype,
            List<Long> shape,
            @DefaultValue List<String> columns) {
        public Input {
            require(tensor != null && from != null && datatype != null, "inputs", "need tensor, from and datatype");
            shape = shape == null ? List.of(1L) : List.copyOf(shape);
            boolean valid = shape.stream().allMatch(d -> d > 0 || d == -1)
                    && shape.stream().filter(d -> d == -1).count() <= 1;
            require(valid, "inputs." + tensor + ".shape", "is " + shape + ", expected sizes and at most one -1");
            columns = List.copyOf(columns);
        }
    }

    /** What an output tensor becomes. */
    public enum As {
        /** Candidates of a fixed list, from a probability or logit each. */
        LABELS,
        /** One of a fixed list, by its place in it. */
        LABEL_INDEX,
        /** One number. */
        SCORE,
        /** One BYTES element. */
        TEXT,
        /** A record with the numbers in {@code values}. */
        VECTOR
    }

    /**
     * One tensor that the model gives.
     *
     * @param softmax whether the numbers are logits
     * @param labels in the order of the tensor
     * @param size how many numbers a vector has
     * @param confidence of a label that comes as an index, since nothing comes with it
     */
    public record Output(
            String port,
            As as,
            String tensor,
            Datatype datatype,
            @DefaultValue("false") boolean softmax,
            @DefaultValue List<String> labels,
            @DefaultValue("0") int size,
            @DefaultValue("0.5") double confidence) {
        public Output {
            require(
                    port != null && as != null && tensor != null && datatype != null,
                    "outputs",
                    "need port, as, tensor and datatype");
            labels = List.copyOf(labels);
            boolean labelled = as == As.LABELS || as == As.LABEL_INDEX;
            require(
                    labelled != labels.isEmpty(),
                    "outputs." + port + ".labels",
                    "belong to as: labels and as: label-index");
            require(
                    confidence >= 0 && confidence <= 1,
                    "outputs." + port + ".confidence",
                    "is " + confidence + ", expected 0 to 1");
            require((as == As.VECTOR) == (size > 0), "outputs." + port + ".size", "belongs to as: vector");
            require(
                    (as == As.TEXT) == (datatype == Datatype.BYTES),
                    "outputs." + port + ".datatype",
                    "is " + datatype + "; BYTES for text and for nothing else");
        }

        int elements() {
            return switch (as) {
                case LABELS -> labels.size();
                case VECTOR -> size;
                case LABEL_INDEX, SCORE, TEXT -> 1;
            };
        }
    }

    /** Whether calls are encrypted. */
    boolean encrypted() {
        return !tls.equals(PLAIN);
    }

    /** The SSL bundle that is named. */
    public Optional<String> bundle() {
        return Optional.of(tls).filter(name -> encrypted() && !name.equals(TRUSTED_BY_JVM));
    }

    /** @throws IllegalArgumentException naming the file and the field that is wrong */
    public static Mapping read(MappingFile file) {
        return file.bind(ROOT, Mapping.class);
    }

    /** @throws IllegalArgumentException when it names what the card does not have, or leaves an output out */
    public void check(Contract contract) {
        Set<String> sources = Stream.concat(
                        contract.getInputsList().stream().map(Port::getName),
                        contract.getParametersList().stream().map(Parameter::getName))
                .collect(Collectors.toSet());
        for (Input input : inputs) {
            require(
                    sources.contains(input.from()),
                    "inputs." + input.tensor(),
                    "is from '" + input.from() + "', the card has " + sources);
        }
        Set<String> wanted =
                contract.getOutputsList().stream().map(Port::getName).collect(Collectors.toSet());
        Set<String> given = outputs.stream().map(Output::port).collect(Collectors.toSet());
        require(wanted.equals(given), "outputs", "are for " + given + ", the card has " + wanted);
        require(given.size() == outputs.size(), "outputs", "name a port twice");
    }

    private static void require(boolean holds, String field, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(ROOT + "." + field + " " + problem);
        }
    }
}
