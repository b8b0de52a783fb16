package dev.pinfactory.router.models;

import dev.pinfactory.router.models.TrainingLibrary.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Joins requests for one tool each into requests for several, as people do; some with a part that no tool of the library answers. */
final class ComposedRequests {
    private static final List<String> FIRST = List.of("", "", "First, ", "Please ", "Hi, ");
    private static final List<String> JOINTS =
            List.of(". ", ", and ", ", then ", ". Then ", ". Also, ", " and ", ", and after that ", ". Next, ");
    private static final List<String> LAST = List.of(", and finally ", ". Finally, ", ", then ", " and ", ". ");
    private static final double FOREIGN_PART = 0.15;

    private final Random random;

    ComposedRequests(long seed) {
        this.random = new Random(seed);
    }

    /**
     * @param singles requests for one tool
     * @param foreign requests that the library can't answer
     */
    List<Request> compose(List<Request> singles, List<String> foreign, int count) {
        List<Request> composed = new ArrayList<>();
        while (composed.size() < count) {
            int parts = 2 + (random.nextInt(4) == 0 ? 2 : random.nextInt(2));
            StringBuilder text = new StringBuilder(pick(FIRST));
            Set<String> tools = new LinkedHashSet<>();
            for (int part = 0; part < parts; part++) {
                if (part > 0) {
                    text.append(pick(part == parts - 1 ? LAST : JOINTS));
                }
                if (!foreign.isEmpty() && random.nextDouble() < FOREIGN_PART) {
                    text.append(foreign.get(random.nextInt(foreign.size())));
                } else {
                    Request single = singles.get(random.nextInt(singles.size()));
                    tools.addAll(single.tools());
                    text.append(embedded(single.text(), !text.isEmpty()));
                }
            }
            composed.add(new Request(text.toString(), tools));
        }
        return composed;
    }

    private static String embedded(String request, boolean inside) {
        String body =
                request.endsWith(".") || request.endsWith("!") ? request.substring(0, request.length() - 1) : request;
        boolean keepsCase = !inside || body.startsWith("I ") || body.startsWith("I'");
        return keepsCase ? body : body.substring(0, 1).toLowerCase(Locale.ROOT) + body.substring(1);
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
