package org.adapterbench.api.task;

import java.util.List;

/** A source of tasks, found by {@link java.util.ServiceLoader}. */
public interface TaskProvider {

    /** Prefix of its tasks' names, for instance {@code glue}. */
    String suite();

    /** All tasks, without reading any data. */
    List<Task> tasks();

    /**
     * Loads one task's splits.
     *
     * @throws org.adapterbench.api.UserError when files are missing or damaged: what, where, what is allowed
     */
    TaskData load(Task task, DataLocation location);
}
