package org.adapterbench.reports;

import org.adapterbench.api.record.RunSpec;

/**
 * Says why a task's results stand without baselines.
 *
 * @param task   the selections that the baselines would have been fitted and scored on
 * @param reason completes the sentence "no baselines, because"
 */
public record AbsentBaselines(RunSpec.TaskSpec task, String reason) {}
