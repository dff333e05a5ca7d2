package org.adapterbench.core.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How often the kernel has killed processes for lack of memory: this control group's count and the machine's. */
final class OutOfMemoryKills {

    private final List<Path> counters;

    OutOfMemoryKills() {
        this(places());
    }

    /** @param counters files with a line {@code oom_kill N} */
    OutOfMemoryKills(List<Path> counters) {
        this.counters = List.copyOf(counters);
    }

    /** The sum over all counters that can be read; it only ever grows. */
    long count() {
        long sum = 0;
        for (Path counter : counters) {
            try {
                for (String line : Files.readAllLines(counter, StandardCharsets.US_ASCII)) {
                    if (line.startsWith("oom_kill ")) {
                        sum += Long.parseLong(
                                line.substring("oom_kill ".length()).strip());
                    }
                }
            } catch (IOException e) {
                // Not this kind of system.
            }
        }
        return sum;
    }

    private static List<Path> places() {
        List<Path> places = new ArrayList<>();
        places.add(Path.of("/proc/vmstat"));
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"), StandardCharsets.UTF_8)) {
                String[] parts = line.split(":", 3);
                String group = parts[2].replaceFirst("^/", "");
                if (parts[1].isEmpty()) {
                    places.add(Path.of("/sys/fs/cgroup").resolve(group).resolve("memory.events"));
                } else if (List.of(parts[1].split(",")).contains("memory")) {
                    places.add(Path.of("/sys/fs/cgroup/memory").resolve(group).resolve("memory.oom_control"));
                }
            }
        } catch (IOException e) {
            // Not Linux.
        }
        return places;
    }
}
