package dev.pinfactory.specialists.learning;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that may be a mail: a head of lines such as {@code From: …}, an empty line, and the letter. Names and addresses in a head are nobody's words, so
 * what looks at the words alone leaves them out; the text itself keeps them for what looks at the sender.
 */
public final class MailText {
    private static final String NAMES = "(?:From|To|Cc|Bcc|Reply-To|Date|Sent|Subject)";
    private static final Pattern HEAD = Pattern.compile("\\A\\s*(?:" + NAMES + ":[^\\r\\n]*\\r?\\n)+[ \\t]*\\r?\\n");
    private static final Pattern SUBJECT = Pattern.compile("(?m)^Subject:[ \\t]*([^\\r\\n]*)");

    private MailText() {}

    /** The letter; all of a text without a head, or with nothing else. */
    public static String body(String text) {
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return text;
        }
        String body = text.substring(head.end());
        return body.isBlank() ? text : body;
    }

    /** The letter below its subject, where the head has one. */
    public static String subjectAndBody(String text) {
        String body = body(text);
        Matcher subject = SUBJECT.matcher(text.substring(0, text.length() - body.length()));
        return subject.find() ? subject.group(1).strip() + "\n\n" + body : body;
    }
}
