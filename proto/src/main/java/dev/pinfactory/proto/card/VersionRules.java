package dev.pinfactory.proto.card;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.v1.Evaluation;
import dev.pinfactory.proto.v1.Version;
import java.util.regex.Pattern;

/** The rules of a version. */
final class VersionRules {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){0,3}(-[0-9A-Za-z.-]{1,64})?");
    private static final Pattern DIGEST = Pattern.compile("(sha256:[0-9a-f]{64})?");
    private static final Pattern USES = Pattern.compile("[a-z][a-z0-9-]{0,63}@sha256:[0-9a-f]{64}");
    private static final int MAX_LIST = 64;

    private final CardFields fields;
    private final String at;

    VersionRules(CardFields fields, String at) {
        this.fields = fields;
        this.at = at;
    }

    void check(Version version) {
        fields.matches(at + ".number", version.getNumber(), NUMBER, "a number such as '1.4.0'");
        fields.matches(
                at + ".model_digest",
                version.getModelDigest(),
                DIGEST,
                "'sha256:' and 64 lower-case hex digits, or nothing for code without a model");
        if (version.getModelBytes() < 0) {
            fields.add(at + ".model_bytes", version.getModelBytes() + " is negative");
        }
        fields.all(
                at + ".runtime.uses",
                version.getRuntime().getUsesList(),
                USES,
                "a name and a digest, 'encoder@sha256:…'");
        fields.atMost(at + ".evaluations", version.getEvaluationsCount(), MAX_LIST, "evaluations");
        for (int i = 0; i < Math.min(MAX_LIST, version.getEvaluationsCount()); i++) {
            evaluation(version.getEvaluations(i), at + ".evaluations[" + i + "]");
        }
        cost(version);
        fields.atMost(at + ".lineage.data_digests", version.getLineage().getDataDigestsCount(), 1_000, "digests");
    }

    private void evaluation(Evaluation evaluation, String field) {
        if (evaluation.getDataset().isBlank() || evaluation.getMetric().isBlank()) {
            fields.add(field, "needs a dataset and a metric");
        }
        if (!Double.isFinite(evaluation.getValue())) {
            fields.add(field + ".value", evaluation.getValue() + " is not a figure");
        }
        if (evaluation.getN() < 0) {
            fields.add(field + ".n", evaluation.getN() + " is negative");
        }
    }

    private void cost(Version version) {
        if (!version.hasCost()) {
            return;
        }
        duration(version.getCost().getP50(), at + ".cost.p50");
        duration(version.getCost().getP99(), at + ".cost.p99");
        if (!(version.getCost().getCpuSeconds() >= 0)) {
            fields.add(at + ".cost.cpu_seconds", version.getCost().getCpuSeconds() + " is not a number of seconds");
        }
    }

    private void duration(Duration duration, String field) {
        if (!Durations.isValid(duration)) {
            fields.add(field, "is no duration; expected 0 to 315,576,000,000 seconds");
        } else if (Durations.isNegative(duration)) {
            fields.add(field, "is negative");
        }
    }
}
