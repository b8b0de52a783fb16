package dev.pinfactory.specialists.adapters.openai;

import dev.pinfactory.chat.ApiKey;
import dev.pinfactory.chat.ChatServer;
import dev.pinfactory.chat.Generation;
import dev.pinfactory.chat.Generation.AnswerFormat;
import dev.pinfactory.specialists.adapters.server.MappingFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a language model is asked for a specialist, where its server is, and how its answer becomes outputs.
 *
 * @param baseUrl up to and including the version, such as {@code http://127.0.0.1:8000/v1}
 * @param tls the name of an SSL bundle; without it, https trusts what the JVM trusts
 * @param apiKey a reference such as {@code ${LLM_API_KEY}}; never written out
 * @param apiKeyFile holds the key, from the mapping's folder on
 * @param maxInput of all that is quoted in one question, in bytes; more is refused
 * @param currency of the prices of 1,000 tokens
 * @param confidence of every answer, where the model does not state its own
 * @param statedConfidence whether the model says how sure it is, which nobody has calibrated
 * @param maxConfidence what it states counts for no more than this
 * @param abstainBelow answers that the model states less confidence for are abstained from
 * @param system what the model shall do
 * @param prompt the question; {@code {name}} stands for the port or parameter of that name, quoted
 */
public record ChatMapping(
        URI baseUrl,
        @Nullable String tls,
        String model,
        @Nullable String apiKey,
        @Nullable Path apiKeyFile,
        @DefaultValue("Authorization") String apiKeyHeader,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("json-schema") AnswerFormat format,
        @DefaultValue("512") int maxTokens,
        @DefaultValue("32KB") DataSize maxInput,
        @DefaultValue("256KB") DataSize maxResponse,
        @DefaultValue("4") int maxConcurrent,
        @DefaultValue("0") BigDecimal promptPricePer1k,
        @DefaultValue("0") BigDecimal completionPricePer1k,
        @DefaultValue("EUR") String currency,
        @DefaultValue("0.5") double confidence,
        @DefaultValue("false") boolean statedConfidence,
        @DefaultValue("0.8") double maxConfidence,
        @DefaultValue("0") double abstainBelow,
        String system,
        @DefaultValue("") String prompt,
        List<Output> outputs) {
    public static final String ROOT = "open-ai";

    private static final long LARGEST = DataSize.ofMegabytes(1).toBytes();
    private static final int LONGEST_TEXT = 20_000;

    public ChatMapping {
        require(baseUrl != null, "base-url", "is required (http://host:port/v1)");
        require(
                tls == null || "https".equals(baseUrl.getScheme()),
                "tls",
                "names an SSL bundle, which belongs to a base-url with https://");
        require(model != null, "model", "is required");
        require(timeout.isPositive(), "timeout", "is " + timeout + ", expected more than 0");
        require(size(maxInput), "max-input", "is " + maxInput + ", expected 1B to 1MB");
        require(size(maxResponse), "max-response", "is " + maxResponse + ", expected 1KB to 1MB");
        require(
                maxConcurrent >= 1 && maxConcurrent <= 64,
                "max-concurrent",
                "is " + maxConcurrent + ", expected 1 to 64");
        require(promptPricePer1k.signum() >= 0, "prompt-price-per1k", "is negative");
        require(completionPricePer1k.signum() >= 0, "completion-price-per1k", "is negative");
        require(currency.matches("[A-Z]{3}"), "currency", "is '" + currency + "', expected an ISO 4217 code");
        require(isProbability(confidence), "confidence", "is " + confidence + ", expected 0 to 1");
        require(isProbability(maxConfidence), "max-confidence", "is " + maxConfidence + ", expected 0 to 1");
        require(isProbability(abstainBelow), "abstain-below", "is " + abstainBelow + ", expected 0 to 1");
        require(system != null && !system.isBlank(), "system", "is required: what the model shall do");
        require(system.length() <= LONGEST_TEXT, "system", "has more than " + LONGEST_TEXT + " characters");
        require(prompt.length() <= LONGEST_TEXT, "prompt", "has more than " + LONGEST_TEXT + " characters");
        require(outputs != null && !outputs.isEmpty(), "outputs", "is required");
        require(apiKey == null || apiKeyFile == null, "api-key-file", "and api-key are both given");
        outputs = List.copyOf(outputs);
    }

    /** What an output port is read as. */
    public enum As {
        /** One of the labels of the mapping, and no other. */
        LABELS,
        /** One number. */
        SCORE,
        /** Words of the model's own. */
        TEXT,
        /** An object: fields or a record, by the schema of the port's type. */
        RECORD,
        /** Quotes of a text, with their type. */
        ENTITIES,
        /** Quotes of a text. */
        SPANS
    }

    /**
     * How one output port is read.
     *
     * @param labels that may be chosen, or the types of entities, or the labels of spans
     * @param fields that a record may have, where its type does not say
     * @param from the input that entities and spans are quotes of
     * @param quoted whether all texts of a record have to be quotes of an input
     * @param min of a score
     * @param max of a score
     */
    public record Output(
            String port,
            As as,
            @DefaultValue List<String> labels,
            @DefaultValue List<String> fields,
            @DefaultValue("") String from,
            @DefaultValue("false") boolean quoted,
            @Nullable Double min,
            @Nullable Double max) {
        public Output {
            require(port != null && as != null, "outputs", "need port and as");
            require(
                    !port.equals(AnswerSchema.UNSURE) && !port.equals(AnswerSchema.CONFIDENCE),
                    "outputs." + port,
                    "has a name that the answer needs for itself");
            labels = List.copyOf(labels);
            fields = List.copyOf(fields);
            boolean needed = as == As.LABELS || as == As.ENTITIES;
            require(!needed || !labels.isEmpty(), "outputs." + port + ".labels", "are required");
            require(needed || as == As.SPANS || labels.isEmpty(), "outputs." + port + ".labels", "do not belong here");
            require(new HashSet<>(labels).size() == labels.size(), "outputs." + port + ".labels", "name one twice");
            require(as == As.RECORD || fields.isEmpty(), "outputs." + port + ".fields", "belong to as: record");
            require(as == As.RECORD || !quoted, "outputs." + port + ".quoted", "belongs to as: record");
            require(
                    as == As.SCORE || min == null && max == null,
                    "outputs." + port,
                    "has min or max, which belong to as: score");
        }
    }

    /** @throws IllegalArgumentException naming the file and the field that is wrong */
    public static ChatMapping read(MappingFile file) {
        file.requireReference(ROOT + ".api-key");
        return file.bind(ROOT, ChatMapping.class);
    }

    /**
     * @param folder from which the key's file is looked for
     * @throws IllegalArgumentException naming the setting
     */
    ChatServer server(Path folder) {
        return new ChatServer(
                baseUrl,
                apiKeyHeader,
                key(folder),
                connectTimeout,
                timeout,
                (int) maxResponse.toBytes(),
                maxConcurrent);
    }

    Generation generation() {
        return new Generation(model, maxTokens, format);
    }

    private Optional<ApiKey> key(Path folder) {
        if (apiKeyFile == null) {
            return Optional.ofNullable(apiKey).map(ApiKey::new);
        }
        try {
            return Optional.of(
                    new ApiKey(Files.readString(folder.resolve(apiKeyFile)).strip()));
        } catch (IOException e) {
            throw new IllegalArgumentException(ROOT + ".api-key-file can't be read", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ChatMapping[" + baseUrl + ", " + model + "]";
    }

    static void require(boolean holds, String field, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(ROOT + "." + field + " " + problem);
        }
    }

    private static boolean size(DataSize size) {
        return size.toBytes() > 0 && size.toBytes() <= LARGEST;
    }

    private static boolean isProbability(double value) {
        return value >= 0 && value <= 1;
    }
}
