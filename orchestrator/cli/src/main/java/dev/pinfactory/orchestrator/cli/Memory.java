package dev.pinfactory.orchestrator.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machine's memory, or the container's.
 *
 * @param total bytes there are
 * @param available bytes that programs can have without swapping: free ones, and those that hold files which are on disk as well
 */
record Memory(long total, long available) {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Pattern MEMINFO_LINE = Pattern.compile("(\\w+): +(\\d+) kB");
    private static final Pattern PAGE_SIZE = Pattern.compile("page size of (\\d+) bytes");
    private static final Pattern PAGES = Pattern.compile("Pages (free|inactive|speculative|purgeable): +(\\d+)\\.");

    static Memory ofThisMachine() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize();
        OptionalLong available = OptionalLong.empty();
        try {
            if (Files.isReadable(MEMINFO)) {
                available = inMeminfo(Files.readAllLines(MEMINFO), total);
            } else if (System.getProperty("os.name", "").startsWith("Mac")) {
                available = inVmStat(Programs.lines("vm_stat"));
            }
        } catch (IOException e) {
            // Then what is free has to do.
        }
        return new Memory(total, available.orElse(system.getFreeMemorySize()));
    }

    /** Linux's estimate; empty in a container that may have less than the machine. */
    static OptionalLong inMeminfo(List<String> lines, long total) {
        long machine = 0;
        long available = -1;
        for (String line : lines) {
            Matcher entry = MEMINFO_LINE.matcher(line);
            if (entry.matches()) {
                long bytes = Long.parseLong(entry.group(2)) << 10;
                machine = entry.group(1).equals("MemTotal") ? bytes : machine;
                available = entry.group(1).equals("MemAvailable") ? bytes : available;
            }
        }
        return available < 0 || machine > total ? OptionalLong.empty() : OptionalLong.of(available);
    }

    /** What macOS's {@code vm_stat} prints: pages of the kinds that it gives away. */
    static OptionalLong inVmStat(List<String> lines) {
        long pageSize = 0;
        long pages = 0;
        for (String line : lines) {
            Matcher size = PAGE_SIZE.matcher(line);
            if (size.find()) {
                pageSize = Long.parseLong(size.group(1));
            }
            Matcher kind = PAGES.matcher(line);
            if (kind.lookingAt()) {
                pages += Long.parseLong(kind.group(2));
            }
        }
        return pages * pageSize == 0 ? OptionalLong.empty() : OptionalLong.of(pages * pageSize);
    }
}
