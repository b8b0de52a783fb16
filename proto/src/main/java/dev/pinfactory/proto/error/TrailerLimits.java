package dev.pinfactory.proto.error;

import com.google.rpc.BadRequest;
import java.util.List;

/**
 * Keeps an error small enough to arrive. gRPC clients refuse metadata above 8 KiB and then report an error of their own; the status message
 * travels twice, once percent-encoded, and the details once in base64.
 */
final class TrailerLimits {
    private static final int MESSAGE_BYTES = 1_000;
    private static final int VIOLATION_BYTES = 300;
    private static final int VIOLATIONS_BYTES = 2_800;

    private TrailerLimits() {}

    static String message(String message) {
        return shorten(message, MESSAGE_BYTES);
    }

    static BadRequest violations(List<FieldViolation> violations) {
        BadRequest.Builder bad = BadRequest.newBuilder();
        int bytes = 0;
        for (int i = 0; i < violations.size(); i++) {
            BadRequest.FieldViolation violation = BadRequest.FieldViolation.newBuilder()
                    .setField(shorten(violations.get(i).field(), VIOLATION_BYTES))
                    .setDescription(shorten(violations.get(i).description(), VIOLATION_BYTES))
                    .build();
            bytes += violation.getSerializedSize() + 3;
            if (bytes > VIOLATIONS_BYTES) {
                bad.addFieldViolations(BadRequest.FieldViolation.newBuilder()
                        .setDescription("and " + (violations.size() - i) + " more"));
                break;
            }
            bad.addFieldViolations(violation);
        }
        return bad.build();
    }

    /** Cuts at a code point so that the percent-encoded form keeps the limit. */
    private static String shorten(String text, int limit) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            bytes += encodedBytes(codePoint);
            if (bytes > limit) {
                return text.substring(0, i) + "…";
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }

    private static int encodedBytes(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7f && codePoint != '%') {
            return 1;
        }
        int utf8 = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        return 3 * utf8;
    }
}
