package dev.pinfactory.faults.security.contract;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Some of the ids that answers told, so that later requests name something that there is. Safe for concurrent use. */
final class Known {
    private static final Pattern TASK = Pattern.compile("\"?taskId\"?: ?\"([^\"]{1,80})\"");
    private static final int MOST = 64;

    private final AtomicReferenceArray<String> tasks = new AtomicReferenceArray<>(MOST);
    private final AtomicInteger next = new AtomicInteger();

    void read(String answer) {
        Matcher task = TASK.matcher(answer);
        if (task.find()) {
            add(task.group(1));
        }
    }

    void add(String task) {
        tasks.set(Math.floorMod(next.getAndIncrement(), MOST), task);
    }

    /** What a field or a parameter of this name may hold, half of the time something that there is. */
    String of(String name, Random random) {
        String task = tasks.get(random.nextInt(MOST));
        return switch (name) {
            case "task_id", "taskId" -> task == null || random.nextInt(4) == 0 ? "t-of-nobody" : task;
            case "name" -> random.nextBoolean() ? "echo-plan" : "echo-plan@1";
            default -> "0123456789abcdef0123";
        };
    }
}
