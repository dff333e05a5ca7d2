package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.adapterbench.api.Sha256;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.core.plugin.TaskCatalog;
import org.junit.jupiter.api.Test;

final class PlanCommandTest {

    private static LabelledSplit split(String name) {
        return new LabelledSplit(name, List.of(new LabelledExample(new TextInput(name, "text", "text"), 1)));
    }

    private static SplitFacts facts(String split, ContentStatus status) {
        return new SplitFacts(split, Sha256.ofText(split), 1, new TreeMap<>(), status);
    }

    private static String status(ContentStatus train, ContentStatus dev) {
        return PlanCommand.status(new TaskData(
                TaskCatalog.installed().get("test", "glue/mrpc"),
                split("train"),
                List.of(split("dev")),
                List.of(facts("train", train), facts("dev", dev))));
    }

    @Test
    void theStatusOfTheDataNamesTheSplitsWhereTheyDiffer() {
        assertThat(status(ContentStatus.OFFICIAL, ContentStatus.OFFICIAL)).isEqualTo("official");
        assertThat(status(ContentStatus.OFFICIAL, ContentStatus.OTHER)).isEqualTo("official (train) and other (dev)");
    }
}
