package dev.pinfactory.specialists.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values that the words next to them name: an age before "years old", a number after "passport no.". Patterns have no nested repetition. */
enum LabelledValue {
    AGE(
            "(?i)(?<![\\w.,-])(\\d{1,3})(?= ?(?:-years?-old|- ?year ?old| years? old|y/o|yo| y/o| yo|yr old| yrs? old)\\b)"),
    ZIP_CODE(
            "(?i)\\b(?:zip|zip code|zipcode|postcode|postal code|post code|plz)(?: is)?[:#]? ?(\\d{5}(?:-\\d{4})?)(?![\\w-])"),
    PASSPORT_NUMBER(
            "(?i)\\bpassport(?: (?:number|no\\.?|nr\\.?))?(?: is)?[:#]? ?((?=[a-z]{0,3}\\d)[a-z\\d]{7,9})(?![\\w-])"),
    US_DRIVER_LICENSE(
            "(?i)\\bdriver'?s? licen[cs]e(?: (?:number|no\\.?))?(?: is)?[:#]? ?([a-z]?\\d{3,9}(?:-\\d{3,5}){0,3})(?![\\w-])");

    private final Pattern pattern;

    LabelledValue(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /** All values of all kinds. */
    static List<PersonalDatum> find(String text, double confidence) {
        List<PersonalDatum> found = new ArrayList<>();
        for (LabelledValue kind : values()) {
            Matcher matcher = kind.pattern.matcher(text);
            while (matcher.find()) {
                found.add(new PersonalDatum(kind.name(), matcher.start(1), matcher.end(1), confidence));
            }
        }
        return found;
    }
}
