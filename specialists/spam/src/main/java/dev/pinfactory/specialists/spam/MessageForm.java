package dev.pinfactory.specialists.spam;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words of its own what a message looks like: long numbers, capitals, links, prices. The n-grams count these words like any other. */
final class MessageForm {
    /** No message has it, so none can claim a form that it has not. */
    private static final String MARK = " \u00a4";

    /** What stands behind says nothing new, and the n-grams read no more. */
    private static final int MAX_LENGTH = 10_000;

    private static final int MAX_NUMBERS = 20;
    private static final int PHONE_NUMBER = 9;
    private static final int SHORT_CODE = 5;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern SHOUTED = Pattern.compile("\\b[A-Z]{3,}\\b");
    private static final Pattern LINK =
            Pattern.compile("https?://|www\\.|\\.(com|co\\.uk|net|org)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern MONEY = Pattern.compile("[\u00a3$\u20ac]|\\bp/min|[0-9]p\\b");

    private MessageForm() {}

    /** The message, and behind it words for its form. */
    static String described(String message) {
        String text = message.replace('\u00a4', ' ');
        if (text.length() > MAX_LENGTH) {
            text = text.substring(0, MAX_LENGTH);
        }
        StringBuilder words = new StringBuilder(text);
        describeNumbers(text, words);
        describeLetters(text, words);
        if (LINK.matcher(text).find()) {
            words.append(MARK).append("url");
        }
        if (MONEY.matcher(text).find()) {
            words.append(MARK).append("money");
        }
        return words.append(MARK)
                .append("len")
                .append(Math.min(text.length() / 20, 9))
                .toString();
    }

    private static void describeNumbers(String text, StringBuilder words) {
        int digits = 0;
        int longest = 0;
        int numbers = 0;
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            int length = number.end() - number.start();
            digits += length;
            longest = Math.max(longest, length);
            if (numbers++ < MAX_NUMBERS) {
                words.append(MARK).append('n').append(Math.min(length, 12));
            }
        }
        if (longest >= SHORT_CODE) {
            words.append(MARK).append("long");
        }
        if (longest >= PHONE_NUMBER) {
            words.append(MARK).append("phone");
        }
        words.append(MARK)
                .append(digits == 0 ? "nodigits" : digits < 4 ? "da" : digits < 10 ? "db" : digits < 20 ? "dc" : "dd");
    }

    private static void describeLetters(String text, StringBuilder words) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long capitals = text.codePoints().filter(Character::isUpperCase).count();
        long shouted = SHOUTED.matcher(text).results().limit(4).count();
        words.append(MARK).append("cw").append(shouted);
        if (letters > 0) {
            words.append(MARK).append("cr").append((int) Math.min(9, Math.ceil(20.0 * capitals / letters)));
        }
    }
}
