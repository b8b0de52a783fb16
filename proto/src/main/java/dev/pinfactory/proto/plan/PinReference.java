package dev.pinfactory.proto.plan;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a pinned plan is called: {@code expense-claim}, or one version of it, {@code expense-claim@2}.
 *
 * @param version empty where none is named
 */
public record PinReference(String name, OptionalInt version) {
    /** For messages about a name that is none. */
    public static final String EXPECTED_NAME =
            "expected lower-case words and digits joined by '-', at most 64 characters, such as expense-claim";
    /** For messages about a reference that is none. */
    public static final String EXPECTED = "expected a name such as expense-claim, or expense-claim@2 for one version";

    private static final int MAX_NAME = 64;
    private static final int MAX_REFERENCE = MAX_NAME + 10;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern REFERENCE =
            Pattern.compile("(?<name>[a-z0-9-]{1," + MAX_NAME + "})(@(?<version>[1-9][0-9]{0,8}))?");

    /** One version of a name. */
    public static PinReference of(String name, int version) {
        return new PinReference(name, OptionalInt.of(version));
    }

    /** Empty where the text is no reference. */
    public static Optional<PinReference> parse(String text) {
        if (text.length() > MAX_REFERENCE) {
            return Optional.empty();
        }
        Matcher form = REFERENCE.matcher(text);
        if (!form.matches() || !isName(form.group("name"))) {
            return Optional.empty();
        }
        String version = form.group("version");
        return Optional.of(new PinReference(
                form.group("name"), version == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(version))));
    }

    /** Whether a plan may be pinned under this name. */
    public static boolean isName(String text) {
        return text.length() <= MAX_NAME && NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return version.isPresent() ? name + "@" + version.getAsInt() : name;
    }
}
