package dev.pinfactory.faults.security.contract;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What no answer may tell: how the program is made, what it asks its database, where its files are. */
final class Leaks {
    private static final List<Pattern> PATTERNS = List.of(
            // A class name with its package.
            Pattern.compile(
                    "\\b(java|javax|jakarta|sun|jdk|kotlin|tools\\.jackson|reactor|dev\\.pinfactory|io\\.(grpc|netty)|com\\.(google|fasterxml|nimbusds|networknt|zaxxer)"
                            + "|org\\.(springframework|apache|h2|postgresql|hibernate|slf4j))(\\.[a-z_0-9]+)*\\.[A-Z]\\w+"),
            Pattern.compile("\\b\\w+(Exception|Error)\\b\\s*(:|at\\b|$)"),
            // A line of a stack trace.
            Pattern.compile("\\bat [\\w.$]+\\([\\w.]*(java|Native Method|Unknown Source)"),
            Pattern.compile("\\w\\.java:\\d+"),
            Pattern.compile(
                    "\\b(([Ss]elect|SELECT)\\s.{1,200}\\s(from|FROM)|(insert|INSERT)\\s+(into|INTO)|(delete|DELETE)\\s+(from|FROM)|SQLSTATE|jdbc:|[Ss]yntax error in SQL|constraint violation)\\b"),
            Pattern.compile("(^|[\\s\"'=(])/(tmp|home|root|var|usr|etc|opt|proc|work)/[\\w.-]"),
            Pattern.compile("Apache Tomcat|[Nn]etty/\\d|Whitelabel"));

    private Leaks() {}

    /** The first thing that is told, if any. */
    static Optional<String> in(String text) {
        return PATTERNS.stream()
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
    }
}
