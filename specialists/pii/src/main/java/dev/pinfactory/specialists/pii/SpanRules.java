package dev.pinfactory.specialists.pii;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Mends what the sequence model says where a form tells better: forms of address belong to no name, a company is known by its legal form, a house number
 * to its street, and a number that can't be of its type is not. Patterns are anchored or have no nested repetition.
 */
final class SpanRules {
    private static final Pattern ADDRESSED = Pattern.compile(
            "(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Frau|Herr|Hr|Fr|Monsieur|Madame|Mme|Mlle|Se[ñn]ora?|Sra?|Sig\\.ra|Sig|Signora?|CEO|CFO|CTO)(?:\\.|\\b)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern NO_NAME = Pattern.compile(
            "(?:Dear|Hi|Hello|Hey|Hola|Bonjour|Soy|Nurse|Patient|Customer|Sincerely|Regards|Thanks|Cheers)\\b[ ,:]{0,3}",
            Pattern.CASE_INSENSITIVE);
    /** "Sir or Madam" and the like, of whom nothing is told. */
    private static final Pattern NOBODY = Pattern.compile("(?i)(?:Sir|Madam|Sirs|Team|All)[.,]?");

    private static final Pattern SENTENCE_END = Pattern.compile("\\p{Ll}{3}\\. (?=\\p{Lu}\\p{Ll})");
    private static final Pattern LEGAL_FORM = Pattern.compile(
            "(?: & Co\\.?)?[ ,]{1,2}(?:GmbH|AG|KG|OHG|UG|SE|e\\.K\\.|Ltd|Limited|LLC|LLP|PLC|plc|Inc|Corp|B\\.?V\\.?|N\\.?V\\.?|S\\.?A\\.?|SARL|SAS|S\\.L\\.|SL|S\\.p\\.A\\.|S\\.r\\.l\\.|Oy|AB|A/S|ApS)(?![\\w])\\.?$");
    private static final Pattern HOUSE_NUMBER = Pattern.compile("(?<![\\w.,-])\\d{1,4}[A-Za-z]? $");
    private static final Pattern POSTCODE_REST = Pattern.compile("^ ?\\d[A-Z\\d]? ?\\d[A-Z]{2}\\b");
    private static final Pattern UK_AREA = Pattern.compile(".* [A-Z]{1,2}$", Pattern.DOTALL);
    private static final Pattern AMOUNTS = Pattern.compile("\\d{1,6}[.,]\\d{2}(?: \\d{1,6}[.,]\\d{2}){0,5}");
    private static final int LONGEST_LOOK = 6;

    private SpanRules() {}

    /** What is left of a span: nothing, one, or a form of address and a name. */
    static List<PersonalDatum> apply(String text, PersonalDatum datum) {
        if (!possible(datum.type(), text.substring(datum.start(), datum.end()))) {
            return List.of();
        }
        PersonalDatum one = asCompany(text, datum);
        return switch (one.type()) {
            case "PERSON" -> person(text, one);
            case "GPE" -> formOfAddress(text, one).isPresent() ? person(text, one) : List.of(one);
            case "STREET_ADDRESS" -> List.of(address(text, one));
            default -> List.of(one);
        };
    }

    /** A number with too few digits, an amount, or one without its type's form. */
    private static boolean possible(String type, String found) {
        long digits = found.chars().filter(c -> c >= '0' && c <= '9').count();
        return switch (type) {
            case "US_SSN" -> digits == 9 || digits == 4;
            case "IBAN_CODE" -> found.length() > 1 && Character.isLetter(found.charAt(0));
            case "IP_ADDRESS" -> found.chars().filter(c -> c == '.' || c == ':').count() > 2;
            case "PHONE_NUMBER" -> digits > 4 && !AMOUNTS.matcher(found).matches();
            default -> true;
        };
    }

    private static PersonalDatum asCompany(String text, PersonalDatum datum) {
        boolean name = datum.type().equals("PERSON") || datum.type().equals("GPE");
        return name
                        && LEGAL_FORM
                                .matcher(text.substring(datum.start(), datum.end()))
                                .find()
                ? new PersonalDatum("ORGANIZATION", datum.start(), datum.end(), datum.confidence())
                : datum;
    }

    private static List<PersonalDatum> person(String text, PersonalDatum datum) {
        Matcher before = NO_NAME.matcher(text).region(datum.start(), datum.end());
        int start = before.lookingAt() ? before.end() : datum.start();
        Matcher sentence = SENTENCE_END.matcher(text).region(start, datum.end());
        int end = sentence.find() ? sentence.start() + 3 : datum.end();
        if (start >= end || NOBODY.matcher(text.substring(start, end)).matches()) {
            return List.of();
        }
        PersonalDatum name = new PersonalDatum("PERSON", start, end, datum.confidence());
        return formOfAddress(text, name)
                .map(title -> {
                    int next = title.end();
                    while (next < name.end() && !Character.isLetterOrDigit(text.codePointAt(next))) {
                        next++;
                    }
                    return Stream.of(title, new PersonalDatum("PERSON", next, name.end(), name.confidence()))
                            .filter(part -> part.start() < part.end())
                            .toList();
                })
                .orElse(List.of(name));
    }

    /** With its full stop, as in "Mr. Dunne". */
    private static Optional<PersonalDatum> formOfAddress(String text, PersonalDatum datum) {
        Matcher title = ADDRESSED.matcher(text).region(datum.start(), datum.end());
        return title.lookingAt() && title.end() < datum.end()
                ? Optional.of(new PersonalDatum("TITLE", title.start(), title.end(), datum.confidence()))
                : Optional.empty();
    }

    private static PersonalDatum address(String text, PersonalDatum datum) {
        int start = datum.start();
        if (!Character.isDigit(text.charAt(start))) {
            Matcher number = HOUSE_NUMBER.matcher(text).region(Math.max(0, start - LONGEST_LOOK), start);
            number.useTransparentBounds(true);
            start = number.find() ? number.start() : start;
        }
        int end = datum.end();
        if (UK_AREA.matcher(text.substring(start, end)).matches()) {
            Matcher rest = POSTCODE_REST.matcher(text).region(end, Math.min(text.length(), end + 8));
            end = rest.find() ? rest.end() : end;
        }
        return new PersonalDatum("STREET_ADDRESS", start, end, datum.confidence());
    }
}
