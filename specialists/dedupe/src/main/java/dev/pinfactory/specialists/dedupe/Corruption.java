package dev.pinfactory.specialists.dedupe;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What happens to a value when somebody writes it down again. */
enum Corruption {
    /** Slips of typists, abbreviations, other order: what is learnt from. */
    TYPING {
        @Override
        String apply(String value, Random random) {
            return switch (random.nextInt(12)) {
                case 0 -> slip(value, random);
                case 1 -> value.toUpperCase(Locale.ROOT);
                case 2 ->
                    value.replace("Street", "St.")
                            .replace("straße", "str.")
                            .replace("Avenue", "Ave")
                            .replace("Road", "Rd");
                case 3 -> shuffled(value, random);
                case 4 -> lastWordDropped(value);
                case 5 ->
                    value.replace("GmbH", "Gesellschaft mbH")
                            .replace("Ltd", "Limited")
                            .replace("Inc.", "Incorporated");
                case 6 -> plain(value);
                case 7 -> value.replace("-", " ").replace(".", "");
                case 8 -> cut(value, random);
                case 9 -> value + " " + REMARKS.get(random.nextInt(REMARKS.size()));
                case 10 -> firstWordCut(value);
                default -> slip(slip(value, random), random);
            };
        }
    },
    /** What readers of images, other systems and careless imports do: what is judged by. */
    TRANSFER {
        @Override
        String apply(String value, Random random) {
            return switch (random.nextInt(8)) {
                case 0 -> misread(value, random);
                case 1 -> value.length() > 14 ? value.substring(0, 12 + random.nextInt(value.length() - 13)) : value;
                case 2 ->
                    value.replace("ß", "ss")
                            .replace("ü", "ue")
                            .replace("ö", "oe")
                            .replace("ä", "ae");
                case 3 -> initial(value);
                case 4 -> value.replace(" ", "");
                case 5 -> value.toLowerCase(Locale.ROOT) + " *";
                case 6 -> "00" + value;
                default -> misread(misread(value, random), random);
            };
        }
    };

    private static final List<String> REMARKS =
            List.of("new", "copy", "2nd floor", "Group", "dept. 3", "original", "c/o", "set");

    abstract String apply(String value, Random random);

    private static String slip(String value, Random random) {
        if (value.length() < 4) {
            return value;
        }
        int at = 1 + random.nextInt(value.length() - 2);
        if (Character.isDigit(value.charAt(at))) {
            return value; // a wrong digit makes another number, and nobody could tell
        }
        return switch (random.nextInt(3)) {
            case 0 -> value.substring(0, at) + value.substring(at + 1);
            case 1 -> value.substring(0, at) + value.charAt(at + 1) + value.charAt(at) + value.substring(at + 2);
            default -> value.substring(0, at) + (char) ('a' + random.nextInt(26)) + value.substring(at);
        };
    }

    private static String misread(String value, Random random) {
        String from = "lOSBeaimcu";
        String to = "I0586oinev";
        int at = random.nextInt(Math.max(1, value.length()));
        for (int i = 0; i < value.length(); i++) {
            int k = from.indexOf(value.charAt((at + i) % value.length()));
            if (k >= 0) {
                int place = (at + i) % value.length();
                return value.substring(0, place) + to.charAt(k) + value.substring(place + 1);
            }
        }
        return value;
    }

    private static String shuffled(String value, Random random) {
        List<String> words = new ArrayList<>(List.of(value.split(" ")));
        Collections.shuffle(words, random);
        return String.join(words.size() == 2 ? ", " : " ", words);
    }

    private static String lastWordDropped(String value) {
        int at = value.lastIndexOf(' ');
        return at > 0 ? value.substring(0, at) : value;
    }

    /** Some word shortened: "Stainless" to "Stainl." */
    private static String cut(String value, Random random) {
        List<String> words = new ArrayList<>(List.of(value.split(" ")));
        int at = random.nextInt(words.size());
        String word = words.get(at);
        if (word.length() > 5 && word.chars().allMatch(Character::isLetter)) {
            words.set(at, word.substring(0, 3 + random.nextInt(2)) + ".");
        }
        return String.join(" ", words);
    }

    /** "Thomas" is called "Tom"; a letter is left of what is written in haste. */
    private static String firstWordCut(String value) {
        int at = value.indexOf(' ');
        return at > 4 && Character.isLetter(value.charAt(0)) ? value.charAt(0) + "." + value.substring(at) : value;
    }

    private static String initial(String value) {
        int at = value.indexOf(' ');
        return at > 1 && Character.isLetter(value.charAt(0)) ? value.charAt(0) + "." + value.substring(at) : value;
    }

    private static String plain(String value) {
        return Normalizer.normalize(value, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    }
}
