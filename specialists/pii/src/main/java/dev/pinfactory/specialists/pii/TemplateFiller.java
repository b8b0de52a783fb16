package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.pii.LabelledText.Gold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes training texts: hand-written templates, filled with made-up values and with values seen in the training part of the data. */
final class TemplateFiller {
    private static final Pattern SLOT = Pattern.compile("\\{(#?)(\\w+)}");

    private final Map<String, List<String>> parts = new HashMap<>();
    private final Map<String, List<String>> seen;
    private final Random random;

    /**
     * @param parts lines such as {@code first: James Mary}
     * @param seen values by type
     */
    TemplateFiller(Collection<String> parts, Map<String, List<String>> seen, Random random) {
        for (String line : parts) {
            if (!line.startsWith("#") && line.contains(": ")) {
                String[] nameAndValues = line.split(": ", 2);
                this.parts.put(nameAndValues[0], Arrays.asList(nameAndValues[1].split(" ")));
            }
        }
        this.seen = seen;
        this.random = random;
    }

    LabelledText fill(String template) {
        StringBuilder text = new StringBuilder();
        List<Gold> spans = new ArrayList<>();
        Matcher slot = SLOT.matcher(template);
        int done = 0;
        while (slot.find()) {
            text.append(template, done, slot.start());
            done = slot.end();
            String value = slot.group(1).isEmpty() ? datum(slot.group(2)) : filler(slot.group(2));
            if (slot.group(1).isEmpty()) {
                spans.add(new Gold(type(slot.group(2)), text.length(), text.length() + value.length()));
            }
            text.append(value);
        }
        text.append(template.substring(done));
        String filled = text.toString();
        String cased = random.nextInt(10) == 0 ? smallLetters(filled) : filled;
        return new LabelledText(template, cased, spans);
    }

    /** Letter by letter, because some letters change their length when a whole text is written small. */
    static String smallLetters(String text) {
        StringBuilder small = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            small.append(Character.toLowerCase(c));
        }
        return small.toString();
    }

    private static String type(String slot) {
        return switch (slot) {
            case "FIRST", "LAST" -> "PERSON";
            case "WEEKDAY", "MONTH", "YEAR" -> "DATE_TIME";
            default -> slot;
        };
    }

    private String datum(String slot) {
        List<String> values = seen.getOrDefault(slot, List.of());
        if (!values.isEmpty() && random.nextInt(2) == 0) {
            return pick(values).strip();
        }
        return switch (slot) {
            case "PERSON" -> person();
            case "FIRST" -> part("first");
            case "LAST" -> part("last");
            case "ORGANIZATION" -> company();
            case "GPE" -> part("place");
            case "STREET_ADDRESS" -> address();
            case "ZIP_CODE" -> digits(5);
            case "NRP" -> part("people");
            case "TITLE" ->
                random.nextInt(2) == 0
                        ? pick("Mr.", "Mrs.", "Ms.", "Dr.", "Mr", "Mrs", "Prof.")
                        : part("job").replace('-', ' ');
            case "AGE" -> Integer.toString(16 + random.nextInt(75));
            case "WEEKDAY" -> pick("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
            case "MONTH" -> month();
            case "YEAR" -> Integer.toString(1950 + random.nextInt(76));
            case "DATE_TIME" -> date();
            case "PHONE_NUMBER" -> phone();
            case "EMAIL_ADDRESS" ->
                (part("first") + pick(".", "_", "") + part("last")).toLowerCase(Locale.ROOT) + "@"
                        + part("company").toLowerCase(Locale.ROOT) + pick(".com", ".co.uk", ".de", ".org");
            case "DOMAIN_NAME" ->
                pick("https://", "http://www.", "www.")
                        + part("company").toLowerCase(Locale.ROOT)
                        + pick(".com", ".net", ".io/help");
            case "IP_ADDRESS" -> byteValue() + "." + byteValue() + "." + byteValue() + "." + byteValue();
            case "CREDIT_CARD" -> pick("4", "51", "37", "6011") + digits(12);
            case "US_SSN" -> (100 + random.nextInt(500)) + "-" + (10 + random.nextInt(89)) + "-" + digits(4);
            case "IBAN_CODE" ->
                pick("DE", "GB", "FR", "NL") + digits(2) + pick(" ", "") + digits(4) + " " + digits(4) + " " + digits(4)
                        + " " + digits(4);
            case "US_DRIVER_LICENSE" -> licence();
            case "PASSPORT_NUMBER" -> pick("C", "K", "X", "AB", "") + digits(8);
            default -> throw new IllegalArgumentException("unknown slot " + slot);
        };
    }

    private String filler(String slot) {
        return switch (slot) {
            case "int" -> Integer.toString(1 + random.nextInt(random.nextInt(2) == 0 ? 20 : 400));
            case "amount" ->
                pick("$", "€", "EUR ", "£", "")
                        + (1 + random.nextInt(3000))
                        + pick(".00", ".50", "." + digits(2), "")
                        + pick("", "", " EUR", " USD");
            case "order" ->
                pick("INV-", "#", "ORD", "A", "2024-", "R-", "") + digits(5) + pick("", "", "-" + digits(2), "B");
            case "time" -> (1 + random.nextInt(23)) + pick(":00", ":30", ":15", "pm");
            case "bic" -> pick("COBADEFF", "DEUTDEDB", "NWBKGB2L", "BNPAFRPP") + "XXX";
            case "flight" -> pick("LH", "BA", "AF", "KL") + digits(3);
            default -> throw new IllegalArgumentException("unknown filler " + slot);
        };
    }

    private String person() {
        return switch (random.nextInt(6)) {
            case 0 -> part("first");
            case 1 -> part("first") + " " + (char) ('A' + random.nextInt(26)) + pick(". ", " ") + part("last");
            case 2 -> part("first") + " " + part("last") + "-" + part("last");
            default -> part("first") + " " + part("last");
        };
    }

    private String company() {
        return switch (random.nextInt(6)) {
            case 0 -> part("last") + " & " + pick("Sons", "Co.", "Partners", part("last"));
            case 1 -> part("last") + " " + part("trade") + pick("", " Ltd", " Inc.", " LLC", " GmbH");
            case 2 -> part("company");
            case 3 -> part("last") + pick(" GmbH", " AG", " Ltd.", " Inc", " S.A.", " Group", " B.V.");
            default -> part("company") + " " + part("trade") + pick("", "", " Ltd", " Inc.", " GmbH", " Corp.");
        };
    }

    private String address() {
        String number = Integer.toString(1 + random.nextInt(300));
        String town = pick(
                "",
                ", " + part("place"),
                ", " + digits(5) + " " + part("place"),
                "\n" + part("place") + ", " + pick("CA", "NY", "TX", "WA", "OH") + " " + digits(5));
        return switch (random.nextInt(5)) {
            case 0 -> part("last") + pick("straße ", "weg ", "gasse ", "platz ") + number + town;
            case 1 -> number + " " + pick("rue de ", "rue ", "avenue ", "Via ", "Calle ") + part("last") + town;
            default ->
                number + pick("", "", "B") + " " + part("street") + " "
                        + pick(
                                "Street",
                                "St",
                                "St.",
                                "Road",
                                "Rd",
                                "Avenue",
                                "Ave",
                                "Lane",
                                "Drive",
                                "Way",
                                "Court",
                                "Boulevard",
                                "Close")
                        + pick("", "", ", Apt " + (1 + random.nextInt(50)), ", Suite " + digits(3)) + town;
        };
    }

    private String date() {
        String day = Integer.toString(1 + random.nextInt(28));
        String year = Integer.toString(1960 + random.nextInt(66));
        String twoDigitMonth = "%02d".formatted(1 + random.nextInt(12));
        return switch (random.nextInt(8)) {
            case 0 -> day + " " + month() + " " + year;
            case 1 -> month() + " " + day + ", " + year;
            case 2 -> year + "-" + twoDigitMonth + "-" + "%02d".formatted(Integer.parseInt(day));
            case 3 -> day + "." + twoDigitMonth + "." + year;
            case 4 -> twoDigitMonth + "/" + day + "/" + year;
            case 5 -> month() + " " + day + pick("", "th");
            case 6 -> day + " " + month();
            default -> pick("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "tomorrow", "yesterday");
        };
    }

    private String month() {
        return pick(
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December");
    }

    private String phone() {
        return switch (random.nextInt(7)) {
            case 0 -> "+" + (1 + random.nextInt(98)) + " " + digits(3) + " " + digits(3) + " " + digits(4);
            case 1 -> "(" + digits(3) + ") " + digits(3) + "-" + digits(4);
            case 2 -> digits(3) + "-" + digits(3) + "-" + digits(4);
            case 3 -> "0" + digits(4) + " " + digits(6);
            case 4 -> "+49" + digits(10);
            case 5 -> digits(3) + "." + digits(3) + "." + digits(4);
            default -> "0" + digits(2) + " " + digits(4) + " " + digits(4);
        };
    }

    private String licence() {
        return switch (random.nextInt(4)) {
            case 0 -> (char) ('A' + random.nextInt(26)) + digits(7);
            case 1 -> digits(9);
            case 2 -> (char) ('A' + random.nextInt(26)) + digits(3) + "-" + digits(4) + "-" + digits(4);
            default -> digits(8);
        };
    }

    private String byteValue() {
        return Integer.toString(random.nextInt(256));
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private String part(String name) {
        return pick(parts.getOrDefault(name, List.of()));
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
