package dev.pinfactory.encoder;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cuts texts into the model's word pieces. */
final class Tokenization implements AutoCloseable {
    /**
     * Code points of a text that are looked at. Sixteen times what 512 tokens of the densest prose take; it keeps a text of megabytes from being cut
     * up whole for its first page.
     */
    static final int MAX_CODE_POINTS = 32_768;

    private final HuggingFaceTokenizer tokenizer;

    private Tokenization(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    static Tokenization load(byte[] vocabulary) {
        stayOffline();
        Map<String, String> options = Map.of(
                "padding",
                "false",
                "truncation",
                "true",
                "maxLength",
                Integer.toString(SentenceEncoder.MAX_TOKENS),
                "modelMaxLength",
                Integer.toString(SentenceEncoder.MAX_TOKENS));
        try {
            return new Tokenization(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(vocabulary), options));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the sentence encoder's vocabulary", e);
        }
    }

    Pieces cut(String text) {
        String head = head(text);
        Encoding encoding = tokenizer.encode(head, true, false);
        boolean truncated = head.length() < text.length() || encoding.exceedMaxLength();
        return new Pieces(
                encoding.getIds(),
                encoding.getAttentionMask(),
                encoding.getTypeIds(),
                encoding.getCharTokenSpans(),
                truncated);
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static String head(String text) {
        if (text.length() <= MAX_CODE_POINTS || text.codePointCount(0, text.length()) <= MAX_CODE_POINTS) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, MAX_CODE_POINTS));
    }

    /** The library asks a cloud's metadata address about its surroundings when it starts, and can fetch files; Pinfactory wants neither. */
    private static void stayOffline() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    /** What the model reads, and where each piece stands; a mark at an end has no place. */
    record Pieces(
            long[] ids,
            long[] attentionMask,
            long[] typeIds,
            @Nullable CharSpan[] spans,
            boolean truncated) {
        /** The same without what follows the first pieces; the mark at the end stays. */
        Pieces first(int most) {
            if (ids.length <= most) {
                return this;
            }
            long[] head = Arrays.copyOf(ids, most);
            head[most - 1] = ids[ids.length - 1];
            return new Pieces(
                    head,
                    Arrays.copyOf(attentionMask, most),
                    Arrays.copyOf(typeIds, most),
                    Arrays.copyOf(spans, most),
                    true);
        }
    }
}
