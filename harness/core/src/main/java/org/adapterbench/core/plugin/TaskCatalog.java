package org.adapterbench.core.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.adapterbench.api.UserError;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.TaskProvider;

/** The tasks of all installed providers by name. */
public final class TaskCatalog {

    private record Entry(Task task, TaskProvider provider) {}

    private static final String WORD = "[a-z][a-z0-9-]*";

    private final Map<String, Entry> entries;
    private final List<TaskProvider> providers;

    private TaskCatalog(Map<String, Entry> entries, List<TaskProvider> providers) {
        this.entries = Collections.unmodifiableMap(entries);
        this.providers = List.copyOf(providers);
    }

    /**
     * Finds the providers on the class path.
     *
     * @throws UserError when two tasks share a name, a name is malformed, or a provider cannot be loaded
     */
    public static TaskCatalog installed() {
        try {
            return of(ServiceLoader.load(TaskProvider.class));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw Unloadable.of("a suite of tasks", e);
        }
    }

    /** A catalogue of the given providers' tasks, checked. */
    public static TaskCatalog of(Iterable<TaskProvider> providers) {
        Map<String, Entry> entries = new TreeMap<>();
        List<TaskProvider> installed = new ArrayList<>();
        for (TaskProvider provider : providers) {
            installed.add(provider);
            for (Task task : provider.tasks()) {
                requireName(provider, task.name());
                Entry other = entries.put(task.name(), new Entry(task, provider));
                if (other != null) {
                    throw new UserError("task '" + task.name() + "' is provided twice: "
                            + other.provider().getClass().getName() + " and "
                            + provider.getClass().getName() + " (allowed: one of them on the class path)");
                }
            }
        }
        return new TaskCatalog(entries, installed);
    }

    /** The suite is a folder's name too. */
    private static void requireName(TaskProvider provider, String name) {
        if (!name.matches(WORD + "/" + WORD) || !name.startsWith(provider.suite() + "/")) {
            throw new UserError("task class " + provider.getClass().getName() + ": name '" + name
                    + "' is not allowed (allowed: its suite '" + provider.suite() + "', a slash, and the task, each of"
                    + " lower-case letters, digits and hyphens, a letter first)");
        }
    }

    /** Whatever brings tasks, in the order found. */
    public List<TaskProvider> providers() {
        return providers;
    }

    public List<Task> all() {
        return entries.values().stream().map(Entry::task).toList();
    }

    /** @throws UserError when there is no such task */
    public Task get(String where, String name) {
        return entry(where, name).task();
    }

    /** Loads a task's data; each provider gets a folder of its own in the cache. */
    public TaskData load(String where, String name, DataLocation location) {
        Entry entry = entry(where, name);
        DataLocation own = new DataLocation(
                location.glue(), location.cache().resolve(entry.provider().suite()));
        return entry.provider().load(entry.task(), own);
    }

    private Entry entry(String where, String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw UserError.unknown(where, "task", name, entries.keySet());
        }
        return entry;
    }
}
