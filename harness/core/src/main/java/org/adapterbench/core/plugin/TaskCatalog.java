package org.adapterbench.core.plugin;

import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    private final Map<String, Entry> entries;

    private TaskCatalog(Map<String, Entry> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** Finds the providers on the class path. */
    public static TaskCatalog installed() {
        return of(ServiceLoader.load(TaskProvider.class));
    }

    /** A catalogue of the given providers' tasks, checked. */
    public static TaskCatalog of(Iterable<TaskProvider> providers) {
        Map<String, Entry> entries = new TreeMap<>();
        for (TaskProvider provider : providers) {
            for (Task task : provider.tasks()) {
                if (entries.put(task.name(), new Entry(task, provider)) != null) {
                    throw new UserError("task '" + task.name() + "' is provided twice (allowed: once)");
                }
            }
        }
        return new TaskCatalog(entries);
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
