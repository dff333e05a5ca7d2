package org.adapterbench.api.task;

import java.util.List;

/** A source of tasks, found by {@link java.util.ServiceLoader}. */
public interface TaskProvider {

    /** Prefix of its tasks' names, for instance {@code glue}. */
    String suite();

    /** All tasks, without reading any data. */
    List<Task> tasks();

    /**
     * Loads one task's labelled splits.
     *
     * @throws org.adapterbench.api.UserError when files are missing or damaged: what, where, what is allowed
     */
    TaskData load(Task task, DataLocation location);

    /**
     * Loads the splits whose answers are withheld, as far as they are there. No run asks for them.
     *
     * @throws org.adapterbench.api.UserError when a file is damaged
     */
    default List<UnlabelledSplit> unlabelled(Task task, DataLocation location) {
        return List.of();
    }
}
