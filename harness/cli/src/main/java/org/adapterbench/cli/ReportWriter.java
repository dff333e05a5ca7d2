package org.adapterbench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterbench.api.record.RunRecord;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.Experiment.MethodChoice;
import org.adapterbench.reports.About;
import org.adapterbench.reports.Report;
import org.adapterbench.reports.ReportInput;
import org.adapterbench.reports.TaskMetrics;

/** Brings records, task facts and baselines together into a report. */
final class ReportWriter {

    private final Materials materials;

    ReportWriter(Materials materials) {
        this.materials = materials;
    }

    /**
     * @param variants in the order of the experiment; empty when it is not known
     * @param leftOut  records that could not be read, each with the reason
     */
    ReportInput input(About about, List<RunRecord> records, List<String> variants, List<String> leftOut) {
        Baselines.Found baselines = new Baselines(materials).of(records);
        return new ReportInput(
                about,
                records,
                Version.number(),
                RunRecord.SCHEMA_VERSION,
                variants,
                materials.tasks().all().stream().map(TaskMetrics::of).toList(),
                baselines.here(),
                baselines.absent(),
                leftOut);
    }

    /** What an experiment says about itself, with the runs that it asks for. */
    static About about(Experiment experiment) {
        List<About.Planned> planned = new ArrayList<>();
        for (String task : experiment.tasks()) {
            for (MethodChoice method : experiment.methods()) {
                experiment.seeds().forEach(seed -> planned.add(new About.Planned(task, method.label(), seed)));
            }
        }
        return new About(
                experiment.name(),
                experiment.title(),
                experiment.description(),
                experiment.encoders().size(),
                planned);
    }

    /** Writes all formats below the experiment's folder and returns the page to open. */
    Path write(ReportInput input, Path folder) {
        return Report.write(input, folder.resolve("report"));
    }
}
