package org.adapterbench.cli;

import java.util.List;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;

/** What commands mean that are given no experiment. */
final class DefaultExperiment {

    static final String NAME = "quick";

    private DefaultExperiment() {}

    /** The encoders without which it cannot run. */
    static List<String> encoders() {
        return new ExperimentReader(MethodCatalog.installed(), TaskCatalog.installed())
                .read(NAME, List.of())
                .encoders();
    }
}
