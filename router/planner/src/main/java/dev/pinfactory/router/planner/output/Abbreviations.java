package dev.pinfactory.router.planner.output;

import dev.pinfactory.router.planner.interpret.Words;
import java.util.Map;
import java.util.stream.Collectors;

/** The short forms that people use in names of properties. */
final class Abbreviations {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("abbr", "abbreviation"),
            Map.entry("acct", "account"),
            Map.entry("addr", "address"),
            Map.entry("amt", "amount"),
            Map.entry("cat", "category"),
            Map.entry("conf", "confidence"),
            Map.entry("curr", "currency"),
            Map.entry("cust", "customer"),
            Map.entry("desc", "description"),
            Map.entry("doc", "document"),
            Map.entry("dob", "date of birth"),
            Map.entry("dt", "date"),
            Map.entry("img", "image"),
            Map.entry("info", "information"),
            Map.entry("inv", "invoice"),
            Map.entry("lang", "language"),
            Map.entry("len", "length"),
            Map.entry("loc", "location"),
            Map.entry("msg", "message"),
            Map.entry("nr", "number"),
            Map.entry("num", "number"),
            Map.entry("org", "organization"),
            Map.entry("pct", "percent"),
            Map.entry("prio", "priority"),
            Map.entry("prod", "product"),
            Map.entry("qty", "quantity"),
            Map.entry("ref", "reference"),
            Map.entry("tel", "telephone"),
            Map.entry("tot", "total"),
            Map.entry("ts", "time"),
            Map.entry("txt", "text"));

    private Abbreviations() {}

    /** The words of a name, with short ones written out. */
    static String writtenOut(String name) {
        return Words.split(name).stream()
                .map(word -> WORDS.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
    }
}
