package dev.pinfactory.faults.security.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes wrong what was right: texts, JSON and bytes. None of it names a class or a file of the server, so that what an answer repeats is no leak. */
final class Hostile {
    /** JSON values where others were expected. */
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1e400",
            "-1e-400",
            "2147483648",
            "9223372036854775808",
            "1E+999999999",
            "NaN",
            "Infinity",
            "0x10",
            "01",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u202e\\u0007\"",
            "\"💥\"",
            "\"2026-99-99T00:00:00Z\"",
            "\"1e400s\"",
            "\"-1s\"",
            "\"@@@\"",
            "\"'; drop table x; --\"",
            "\"${x}{{7*7}}#{1}\"",
            "\"<b>&amp;</b>\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"\":{}}");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "0",
            "-1",
            "2147483648",
            "9223372036854775808",
            "1e9",
            "null",
            "t-1",
            "..",
            "../x",
            "%00",
            "%2e%2e%2f",
            "%c0%af",
            "%ff",
            "%",
            "%u0041",
            "a%0d%0ab",
            ";x=1",
            "*",
            "'",
            "\\",
            "a@1",
            "a@-1",
            "a@99999999999",
            "{x}",
            "%F0%9F%92%A5",
            "x".repeat(300),
            "x".repeat(5_000));

    private static final Pattern TOKEN = Pattern.compile("\"[^\"\\\\]*+\"(?!\\s*:)|-?\\d+(?:\\.\\d+)?|true|false|null");
    private static final Pattern KEY = Pattern.compile("\"[^\"\\\\]*\"\\s*:");
    private static final int DEEPEST = 3_000;

    private Hostile() {}

    static <T> T any(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    /** For a place in an address: in it nothing but what may stand there is bare. */
    static String text(Random random) {
        return any(TEXTS, random);
    }

    /** JSON that is JSON no more, or not what was expected. */
    static byte[] json(String right, Random random) {
        String wrong = right;
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            wrong = changed(wrong, random);
        }
        byte[] bytes = wrong.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(8) == 0 ? bytes(bytes, random) : bytes;
    }

    private static String changed(String json, Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> replaced(json, TOKEN, any(TOKENS, random), random);
            case 4 -> replaced(json, TOKEN, nested(random), random);
            case 5 -> {
                Matcher key = one(KEY, json, random);
                yield key == null
                        ? json
                        : json.substring(0, key.start()) + key.group() + any(TOKENS, random) + ","
                                + json.substring(key.start());
            }
            case 6 -> json.replaceFirst("\\{", Matcher.quoteReplacement("{\"unheardOf\":" + any(TOKENS, random) + ","));
            case 7 -> json.substring(0, random.nextInt(json.length() + 1));
            case 8 -> {
                int at = random.nextInt(json.length() + 1);
                yield json.substring(0, at) + (char) random.nextInt(0x20) + json.substring(at);
            }
            default -> json + any(TOKENS, random);
        };
    }

    private static String nested(Random random) {
        int depth = 1 + random.nextInt(DEEPEST);
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private static String replaced(String json, Pattern what, String by, Random random) {
        Matcher found = one(what, json, random);
        return found == null ? json : json.substring(0, found.start()) + by + json.substring(found.end());
    }

    /** Any of the places; null where there is none. */
    private static @Nullable Matcher one(Pattern pattern, String text, Random random) {
        int count = (int) pattern.matcher(text).results().count();
        if (count == 0) {
            return null;
        }
        Matcher matcher = pattern.matcher(text);
        int wanted = random.nextInt(count);
        for (int i = 0; i <= wanted; i++) {
            matcher.find();
        }
        return matcher;
    }

    /** Flipped, cut, doubled, filled with what is longer than it says. */
    static byte[] bytes(byte[] right, Random random) {
        byte[] wrong = right.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            int at = wrong.length == 0 ? 0 : random.nextInt(wrong.length);
            wrong = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(wrong, at);
                case 1 -> inserted(wrong, at, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f});
                case 2 -> inserted(wrong, at, random(random, 1 + random.nextInt(16)));
                case 3 -> inserted(wrong, at, Arrays.copyOfRange(wrong, at, Math.min(wrong.length, at + 64)));
                case 4 -> inserted(wrong, at, new byte[] {0x0a, (byte) 0x80, (byte) 0x80, 0x01});
                default -> flipped(wrong, at, random);
            };
        }
        return wrong;
    }

    static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        if (at < bytes.length) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + more.length);
        out.write(bytes, 0, at);
        out.writeBytes(more);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }
}
