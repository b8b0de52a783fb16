package dev.pinfactory.specialists.workshop;

import dev.pinfactory.encoder.SentenceEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Small files to learn from, seeded, and the command that learns from them. */
final class TestingFiles {
    private static final String[] COLD = {
        "the heater is cold", "no warm water today", "the boiler makes no heat", "radiators stay cold"
    };
    private static final String[] DARK = {
        "the lamp is dark", "no light in the hall", "a bulb went out", "the corridor has no light"
    };
    private static final String[] CHAT = {
        "who comes to lunch", "happy birthday dear friend", "the game was great", "my holiday was sunny"
    };
    private static final String[] WHEN = {"today with", "yesterday with", "tomorrow says", "again says"};
    private static final String[] PLACE = {"in the kitchen", "in room", "on floor", "at the office of", "in flat"};

    /** What the command said. */
    record Said(int code, String out, String err) {}

    private TestingFiles() {}

    static Said train(SentenceEncoder encoder, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new TrainFromFile(
                        encoder,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Path write(Path directory, String name, List<String> lines) {
        try {
            return Files.write(directory.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code id,message,team} */
    static List<String> messages() {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("id,message,team"));
        for (int i = 0; i < 120; i++) {
            boolean cold = i % 2 == 0;
            lines.add(message(500 + i, cold ? COLD : DARK, PLACE, cold ? "heating" : "electricity", random));
        }
        return lines;
    }

    /** {@code id,message,team}, with small talk, whose team is "nobody". */
    static List<String> messagesAndSmallTalk() {
        Random random = new Random(6);
        List<String> lines = new ArrayList<>(messages());
        for (int i = 0; i < 60; i++) {
            lines.add(message(900 + i, CHAT, WHEN, "nobody", random));
        }
        return lines;
    }

    private static String message(int id, String[] what, String[] where, String team, Random random) {
        return "%d,%s %s %c%d,%s"
                .formatted(
                        id,
                        what[random.nextInt(what.length)],
                        where[random.nextInt(where.length)],
                        'a' + random.nextInt(26),
                        random.nextInt(90),
                        team);
    }

    /** {@code age,plan,calls,left,spend}: many calls make people leave; a plan costs something. */
    static List<String> customers() {
        Random random = new Random(2);
        List<String> lines = new ArrayList<>(List.of("age,plan,calls,left,spend"));
        for (int i = 0; i < 240; i++) {
            int age = 18 + random.nextInt(60);
            int plan = random.nextInt(3);
            int calls = random.nextInt(10);
            boolean left = calls + random.nextGaussian() * 1.5 > 5;
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%s,%d,%s,%.1f",
                    age,
                    List.of("small", "medium", "large").get(plan),
                    calls,
                    left ? "yes" : "no",
                    20 * plan + 3 * calls + random.nextGaussian()));
        }
        return lines;
    }

    /** {@code time,load,flat} */
    static List<String> hours() {
        Random random = new Random(3);
        LocalDateTime start = LocalDateTime.of(2026, 1, 1, 0, 0);
        List<String> lines = new ArrayList<>(List.of("time,load,flat"));
        for (int i = 0; i < 400; i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s,%.2f,7",
                    start.plusHours(i),
                    100 + 20 * Math.sin(i * Math.PI / 12) + random.nextGaussian()));
        }
        return lines;
    }

    /** Amounts are marked; offsets are code points. */
    static List<String> marked() {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            String amount = "%d.%02d EUR".formatted(1 + random.nextInt(900), random.nextInt(100));
            String before = List.of("Please pay ", "\uD83D\uDE00 The total is ", "We got ")
                    .get(random.nextInt(3));
            String text = before + amount + " until day " + random.nextInt(28) + ".";
            int start = before.codePointCount(0, before.length());
            lines.add(
                    i % 5 == 0
                            ? "{\"text\": \"Nothing is due in month %d.\", \"spans\": []}".formatted(i)
                            : "{\"text\": \"%s\", \"spans\": [{\"start\": %d, \"end\": %d, \"label\": \"amount\"}]}"
                                    .formatted(text, start, start + amount.length()));
        }
        return lines;
    }
}
