package dev.pinfactory.orchestrator.service.run;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.LlmEstimate;
import dev.pinfactory.proto.v1.Task;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a language model is taken to cost, for comparison alone: nothing is refused or booked by it.
 *
 * @param currency ISO 4217 code
 * @param inputPerMillion price of a million tokens that it reads
 * @param outputPerMillion price of a million tokens that it writes
 */
public record LlmPrice(
        @DefaultValue("USD") String currency,
        @DefaultValue("2.50") BigDecimal inputPerMillion,
        @DefaultValue("10") BigDecimal outputPerMillion) {
    /** The usual rule of thumb for English in byte-pair encodings. */
    private static final int BYTES_OF_A_TOKEN = 4;

    private static final int MILLION_DIGITS = 6;
    private static final int DECIMALS = 8;

    public LlmPrice {
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException(
                    "llm-price.currency: three capital letters are expected, such as EUR, got '" + currency + "'");
        }
        notNegative("input-per-million", inputPerMillion);
        notNegative("output-per-million", outputPerMillion);
    }

    private static void notNegative(String name, BigDecimal price) {
        if (price.signum() < 0) {
            throw new IllegalArgumentException("llm-price." + name + ": 0 or more is expected, got " + price);
        }
    }

    /** One call that reads the instruction and every input once, and writes the result. A JSON value counts by its encoded size, which is about that of its text. */
    LlmEstimate estimate(Task task, Value output) {
        long read = CodedOutputStream.computeStringSizeNoTag(task.getInstruction());
        for (Artifact input : task.getInputsList()) {
            read += textBytes(input);
        }
        long in = tokens(read);
        long out = tokens(output.getKindCase() == Value.KindCase.KIND_NOT_SET ? 0 : output.getSerializedSize());
        BigDecimal cost = inputPerMillion
                .multiply(BigDecimal.valueOf(in))
                .add(outputPerMillion.multiply(BigDecimal.valueOf(out)))
                .movePointLeft(MILLION_DIGITS)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return LlmEstimate.newBuilder()
                .setInputTokens(in)
                .setOutputTokens(out)
                .setCost(Amount.newBuilder().setValue(cost.toPlainString()).setCurrency(currency))
                .setBasis(
                        "estimate: one call at " + inputPerMillion.toPlainString() + " and "
                                + outputPerMillion.toPlainString() + " " + currency
                                + " for a million tokens read and written, a token for 4 bytes, documents and images not counted")
                .build();
    }

    private static long tokens(long bytes) {
        return (bytes + BYTES_OF_A_TOKEN - 1) / BYTES_OF_A_TOKEN;
    }

    private static long textBytes(Artifact input) {
        return switch (input.getContentCase()) {
            case TEXT -> CodedOutputStream.computeStringSizeNoTag(input.getText());
            case JSON -> input.getJson().getSerializedSize();
            case REF -> isText(input.getRef().getMediaType()) ? input.getRef().getSizeBytes() : 0;
            case ITEMS ->
                input.getItems().getItemsList().stream()
                        .mapToLong(LlmPrice::textBytes)
                        .sum();
            case DATA, CONTENT_NOT_SET -> 0;
        };
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/") || mediaType.startsWith("application/json");
    }
}
