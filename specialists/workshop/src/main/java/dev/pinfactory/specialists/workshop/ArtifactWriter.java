package dev.pinfactory.specialists.workshop;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.CostHint;
import dev.pinfactory.proto.v1.Evaluation;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.sdk.sample.Samples;
import dev.pinfactory.specialists.workshop.serving.ArtifactFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** Writes what stands beside a model. A card that is there already is somebody's work: its texts stay, and its version goes up. */
record ArtifactWriter(Path directory) {
    private static final String FIRST = "1.0.0";
    private static final int SHOWN_DIGITS = 8;
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9}\\.\\d{1,9}\\.)(\\d{1,8})");
    private static final String HEAD = """
            # Drafted by 'pin train specialist --from': the router understands the specialist by summary, description and examples, so
            # write what people will ask. Training again keeps what stands in 'contract'. Ports belong to the model.
            """;

    /** The card that stands here, if it is the same specialist's and has the same ports; with the columns that are learnt from now. */
    Optional<Card> existing(Contract drafted) {
        Path file = directory.resolve(ArtifactFolder.CARD);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(CardReader.read(file).getFirst())
                .filter(card -> card.getContract().getId().equals(drafted.getId())
                        && ports(card.getContract().getInputsList()).equals(ports(drafted.getInputsList()))
                        && ports(card.getContract().getOutputsList()).equals(ports(drafted.getOutputsList())))
                .map(card -> withColumns(card, drafted));
    }

    private static Card withColumns(Card card, Contract drafted) {
        Card.Builder kept = card.toBuilder();
        for (int i = 0; i < drafted.getInputsCount(); i++) {
            kept.getContractBuilder()
                    .getInputsBuilder(i)
                    .clearColumns()
                    .addAllColumns(drafted.getInputs(i).getColumnsList());
        }
        return kept.build();
    }

    private static List<String> ports(List<dev.pinfactory.proto.v1.Port> ports) {
        return ports.stream().map(port -> port.getName() + ":" + port.getType()).toList();
    }

    /** The version after that of a card. The digest is a part of it: a registry has each number once, and another folder may have begun at 1.0.0 too. */
    static String next(Optional<Card> before, String digest) {
        String own = "-" + digest.substring(digest.indexOf(':') + 1).substring(0, SHOWN_DIGITS);
        if (before.isEmpty()) {
            return FIRST + own;
        }
        Matcher number = NUMBER.matcher(before.get().getVersion().getNumber());
        return number.lookingAt() ? number.group(1) + (Integer.parseInt(number.group(2)) + 1) + own : FIRST + own;
    }

    static Version version(
            String number,
            String digest,
            long bytes,
            String dataset,
            Map<String, Metric> metrics,
            Latencies latencies) {
        Version.Builder version = Version.newBuilder()
                .setNumber(number)
                .setModelDigest(digest)
                .setModelBytes(bytes)
                .setCost(CostHint.newBuilder()
                        .setP50(Durations.fromMicros(Math.max(1, Math.round(1_000 * latencies.p50()))))
                        .setP99(Durations.fromMicros(Math.max(1, Math.round(1_000 * latencies.p99()))))
                        .setCpuSeconds(Math.max(1e-6, Math.round(1_000 * latencies.p50()) / 1e6)));
        metrics.forEach((name, metric) -> version.addEvaluations(Evaluation.newBuilder()
                .setDataset(dataset)
                .setSplit("test")
                .setMetric(name)
                .setValue(metric.value())
                .setCi95Low(metric.low())
                .setCi95High(metric.high())
                .setN(metric.n())));
        return version.build();
    }

    /** Samples before the card: a folder with a card is complete. */
    void write(Card card, List<InferRequest> samples) throws IOException {
        Path sampleFile = directory.resolve(Samples.FILE);
        if (samples.isEmpty()) {
            Files.deleteIfExists(sampleFile);
        } else {
            Files.writeString(
                    sampleFile, yaml(samples.stream().map(ArtifactWriter::tree).toList()));
        }
        String yaml = HEAD + yaml(tree(card));
        CardReader.readOne(yaml);
        Files.writeString(directory.resolve(ArtifactFolder.CARD), yaml);
    }

    private static Object tree(MessageOrBuilder message) {
        try {
            return new JsonMapper().readValue(JsonFormat.printer().print(message), Object.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String yaml(Object tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(150);
        options.setSplitLines(true);
        return new Yaml(options).dump(tree);
    }
}
