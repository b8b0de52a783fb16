package dev.pinfactory.proto.error;

import java.util.Collection;
import java.util.List;

/** The end of a message about a name that nobody knows: which are known, and not more of them than somebody reads. */
public final class Expected {
    private static final int MOST = 20;

    private Expected() {}

    /** {@code expected one of …}, the first in alphabetical order where there are many. */
    public static String oneOf(Collection<String> names) {
        List<String> first = names.stream().distinct().sorted().limit(MOST).toList();
        if (first.isEmpty()) {
            return "there is none";
        }
        int more = (int) names.stream().distinct().count() - first.size();
        return "expected one of " + String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }
}
