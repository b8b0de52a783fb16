package dev.pinfactory.specialists.documenttype;

import dev.pinfactory.specialists.learning.LabelledText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Documents made up of fragments, in many layouts: with and without a title, as lines, as running text, in capitals, with wide columns, cut off. */
final class GeneratedDocuments {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)\\}");
    private static final List<String> NAMES = words(
            "Anna Keller,Tom Reed,Priya Shah,Lucas Moreau,Ines Costa,Olaf Berg,Mei Tanaka,Sam Osei,Eva Novak,John Miller,Sara Lind,Ali Demir");
    private static final List<String> COMPANIES = words(
            "Acme Ltd,Nordwind AG,Blue Harbour Inc.,Hartmann GmbH,Sunrise Foods,Delta Freight,Oakridge plc,Kowalski Transport,Lotus Textiles,Greenfield Energy,Vertex Software");
    private static final List<String> CITIES =
            words("London,Berlin,Leeds,Paris,Dublin,Vienna,Boston,Oslo,Lyon,Bristol,Zurich,Porto");
    private static final List<String> THINGS = words(
            "printer,office chair,filter,lamp,software licence,steel bracket,paper A4,cable,pump,training,coat,drill,tiles,project,website,battery");
    private static final List<String> JOBS = words(
            "nurse,software developer,sales manager,electrician,teacher,accountant,cook,project manager,engineer,driver");
    private static final List<String> MONTHS =
            words("January,February,March,April,May,June,July,August,September,October,November,December");
    private static final List<String> STREETS =
            words("High Street,Mill Road,Park Avenue,Station Road,Rose Lane,Harbour Street");

    private final Fragments fragments;
    private final Random random;

    GeneratedDocuments(Fragments fragments, long seed) {
        this.fragments = fragments;
        this.random = new Random(seed);
    }

    List<LabelledText> make(String kind, int count) {
        List<LabelledText> documents = new ArrayList<>();
        while (documents.size() < count) {
            String text = document(kind);
            if (!text.isBlank()) {
                documents.add(new LabelledText(text, kind));
            }
        }
        return documents;
    }

    private String document(String kind) {
        List<String> lines = new ArrayList<>();
        if (random.nextDouble() < 0.4) {
            lines.addAll(some(fragments.lines(kind, 't'), 1));
        }
        List<String> middle = new ArrayList<>(some(fragments.lines(kind, 'h'), random.nextInt(4)));
        middle.addAll(some(fragments.lines(kind, 'b'), 1 + random.nextInt(6)));
        if (random.nextInt(4) == 0) {
            Collections.shuffle(middle, random);
        }
        lines.addAll(middle);
        lines.addAll(some(fragments.lines(kind, 'e'), random.nextInt(4)));
        List<String> filled = lines.stream().map(this::filled).toList();
        String text = String.join(layout(), filled);
        return switch (random.nextInt(8)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> text.replace("  ", "        ");
            case 2 -> text.substring(text.length() / 5);
            default -> text;
        };
    }

    private String layout() {
        return switch (random.nextInt(5)) {
            case 0 -> " ";
            case 1 -> "\n\n";
            case 2 -> "\n  ";
            default -> "\n";
        };
    }

    private List<String> some(List<String> from, int count) {
        List<String> shuffled = new ArrayList<>(from);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }

    private String filled(String line) {
        Matcher slots = SLOT.matcher(line);
        StringBuilder filled = new StringBuilder();
        while (slots.find()) {
            slots.appendReplacement(filled, Matcher.quoteReplacement(value(slots.group(1))));
        }
        return slots.appendTail(filled).toString();
    }

    private String value(String slot) {
        return switch (slot) {
            case "n" -> String.valueOf(1 + random.nextInt(random.nextBoolean() ? 40 : 90_000));
            case "id" ->
                List.of("", "RE-", "2025/", "A", "CP-").get(random.nextInt(5)) + (100 + random.nextInt(99_900));
            case "amt" ->
                any(List.of("", "", "$", "EUR ", "£"))
                        + String.format(
                                random.nextInt(4) == 0 ? Locale.GERMAN : Locale.ENGLISH,
                                "%,.2f",
                                random.nextInt(500_000) / 100.0);
            case "date" -> date();
            case "time" -> "%d:%02d".formatted(7 + random.nextInt(14), random.nextInt(60));
            case "year" -> String.valueOf(1995 + random.nextInt(31));
            case "pct" -> (1 + random.nextInt(29)) + any(List.of("%", " %", " percent"));
            case "month" -> any(MONTHS);
            case "name" -> any(NAMES);
            case "co" -> any(COMPANIES);
            case "city" -> any(CITIES);
            case "thing" -> any(THINGS);
            case "job" -> any(JOBS);
            case "street" -> (1 + random.nextInt(90)) + " " + any(STREETS);
            case "email" -> any(NAMES).split(" ")[0].toLowerCase(Locale.ROOT) + "@firm.example";
            case "iban" ->
                "DE%02d 5001 0517 %04d %04d"
                        .formatted(random.nextInt(99), random.nextInt(10_000), random.nextInt(10_000));
            default -> throw new IllegalStateException("no slot is called '" + slot + "'");
        };
    }

    private String date() {
        int day = 1 + random.nextInt(28);
        int month = 1 + random.nextInt(12);
        int year = 2018 + random.nextInt(9);
        return switch (random.nextInt(4)) {
            case 0 -> "%02d.%02d.%d".formatted(day, month, year);
            case 1 -> "%d-%02d-%02d".formatted(year, month, day);
            case 2 -> "%02d/%02d/%d".formatted(day, month, year);
            default -> day + " " + MONTHS.get(month - 1) + " " + year;
        };
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<String> words(String words) {
        return List.of(words.split(","));
    }
}
