package dev.pinfactory.proto.digest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.erdtman.jcs.JsonCanonicalizer;

/** SHA-256 digests, written {@code sha256:} and 64 lower-case hex digits. Messages are digested over their RFC 8785 JSON. */
public final class Digests {
    private static final JsonFormat.Printer JSON = JsonFormat.printer().omittingInsignificantWhitespace();

    private Digests() {}

    public static String of(byte[] bytes) {
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** The digest of a message's canonical JSON, default values left out. */
    public static String of(MessageOrBuilder message) {
        return of(canonicalJson(message).getBytes(StandardCharsets.UTF_8));
    }

    public static String of(Contract contract) {
        return of((MessageOrBuilder) contract);
    }

    /** The digest of what a plan does: without confidences, reasons, the words that asked for steps, and the digest itself. */
    public static String of(Plan plan) {
        Plan.Builder what =
                plan.toBuilder().clearDigest().clearConfidence().clearPlanner().clearPinnedAs();
        what.getStepsBuilderList()
                .forEach(step -> step.clearConfidence().clearReason().clearAskedBy());
        what.getOutputBuilderList().forEach(mapping -> mapping.clearConfidence());
        what.getUnmetBuilderList().forEach(unmet -> unmet.clearReason());
        return of((MessageOrBuilder) what);
    }

    /** The digest of what is frozen by a pin: what its plan does, what it was planned for, and the contracts of its specialists. */
    public static String of(PinnedPlan pinned) {
        PinnedPlan.Builder what =
                pinned.toBuilder().clearName().clearVersion().clearCreatedAt().clearDigest();
        Plan.Builder plan = what.getPlanBuilder().clearCatalogDigest();
        plan.getStepsBuilderList().forEach(step -> step.clearCandidates().clearInserted());
        plan.getUnmetBuilderList().forEach(unmet -> unmet.clearCandidates());
        String digest = of(plan.build());
        what.setPlan(Plan.newBuilder().setDigest(digest));
        return of((MessageOrBuilder) what);
    }

    /** The digest of a set of contracts, whatever their order. */
    public static String ofCatalog(Collection<String> contractDigests) {
        String all = contractDigests.stream().sorted().collect(Collectors.joining("\n"));
        return of(all.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 8785 JSON of a message. */
    public static String canonicalJson(MessageOrBuilder message) {
        try {
            return new JsonCanonicalizer(JSON.print(message)).getEncodedString();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("message has no JSON form: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
