package org.adapterbench.core.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adapterbench.api.UserError;
import org.adapterbench.api.method.Adapter;
import org.adapterbench.api.method.AdapterContext;
import org.adapterbench.api.method.AddedParameter;
import org.adapterbench.api.method.LinearSite;
import org.adapterbench.api.method.Projection;
import org.adapterbench.api.method.Setting;
import org.adapterbench.api.method.Settings;
import org.adapterbench.api.method.Targets;
import org.adapterbench.api.method.TuningMethod;
import org.adapterbench.api.task.ContentHash;
import org.adapterbench.api.task.DataLocation;
import org.adapterbench.api.task.LabelledExample;
import org.adapterbench.api.task.LabelledSplit;
import org.adapterbench.api.task.Metric;
import org.adapterbench.api.task.Objective;
import org.adapterbench.api.task.SplitFacts;
import org.adapterbench.api.task.SplitFacts.ContentStatus;
import org.adapterbench.api.task.Task;
import org.adapterbench.api.task.TaskData;
import org.adapterbench.api.task.TaskProvider;
import org.adapterbench.api.task.TextInput;
import org.adapterbench.core.plugin.MethodCatalog;
import org.adapterbench.core.plugin.TaskCatalog;

/** Methods and tasks that only have names and settings; a method with a rank adds a factor of that rank. */
public final class Fakes {

    private Fakes() {}

    /** The methods that the shipped experiments name, with the settings that these use. */
    public static MethodCatalog methods() {
        Setting rank = new Setting.Whole("rank", "", 8, 1, 4096);
        Setting alpha = new Setting.Real("alpha", "", 16, 0, true, 1e6);
        Setting targets = Targets.projections(Projection.QUERY, Projection.VALUE);
        Setting layers = Targets.layers("all");
        return MethodCatalog.of(List.of(
                new NamedMethod("full", List.of()),
                new NamedMethod("head-only", List.of()),
                new NamedMethod("warm-start", List.of()),
                new NamedMethod(
                        "lora",
                        List.of(rank, alpha, new Setting.Real("dropout", "", 0, 0, false, 0.9), targets, layers)),
                new NamedMethod("svd-lora", List.of(rank, alpha, targets, layers)),
                new NamedMethod(
                        "qr-lora",
                        List.of(
                                new Setting.Real("tau", "", 0.5, 0, true, 1),
                                new Setting.Whole("rank", "", 0, 0, 4096),
                                targets,
                                layers,
                                new Setting.Choice("basis", "", "warm", List.of("warm", "pretrained"))))));
    }

    /** Tasks by these names, each with 30 training and 10 dev examples. */
    public static TaskCatalog tasks(String... names) {
        Map<String, List<String>> suites = Arrays.stream(names)
                .collect(Collectors.groupingBy(
                        name -> name.substring(0, name.indexOf('/')), TreeMap::new, Collectors.toList()));
        List<TaskProvider> providers = new ArrayList<>();
        suites.forEach((suite, tasks) -> providers.add(new NamedTasks(suite, tasks)));
        return TaskCatalog.of(providers);
    }

    /** The tasks that the shipped experiments name. */
    public static TaskCatalog tasks() {
        return tasks(
                "wordnet/accept",
                "wordnet/supersense",
                "glue/cola",
                "glue/sst-2",
                "glue/mrpc",
                "glue/sts-b",
                "glue/qqp",
                "glue/mnli",
                "glue/qnli",
                "glue/rte");
    }

    private record NamedMethod(String name, List<Setting> settings) implements TuningMethod {
        @Override
        public String summary() {
            return name;
        }

        @Override
        public Adapter create(Settings chosen, AdapterContext context) {
            if (settings.isEmpty()) {
                return new Adapter() {};
            }
            LinearSite site = Targets.select(chosen, context.start()).get(0);
            int rank = chosen.whole("rank");
            if (rank > site.out()) {
                throw new UserError("rank: " + rank + " is too much");
            }
            Supplier<float[]> values = () -> context.start().values(site.weightName());
            if (rank == 0) {
                values.get();
            }
            AddedParameter factor =
                    new AddedParameter(site.name() + ".down", List.of(rank, site.in()), values, true, true);
            return new Adapter() {
                @Override
                public List<AddedParameter> added() {
                    return List.of(factor);
                }
            };
        }
    }

    private record NamedTasks(String suite, List<String> names) implements TaskProvider {
        @Override
        public List<Task> tasks() {
            return names.stream().map(NamedTasks::task).toList();
        }

        private static Task task(String name) {
            return new Task(
                    name,
                    name,
                    false,
                    new Objective.Classification(List.of("no", "yes")),
                    List.of(new Share()),
                    List.of("dev"));
        }

        @Override
        public TaskData load(Task task, DataLocation location) {
            LabelledSplit train = split("train", 30);
            LabelledSplit dev = split("dev", 10);
            return new TaskData(task, train, List.of(dev), List.of(facts(task, train), facts(task, dev)));
        }

        private static LabelledSplit split(String name, int size) {
            return new LabelledSplit(
                    name,
                    IntStream.range(0, size)
                            .mapToObj(i -> new LabelledExample(new TextInput(name + i, "text " + i, null), i % 2))
                            .toList());
        }

        private static SplitFacts facts(Task task, LabelledSplit split) {
            return new SplitFacts(
                    split.name(),
                    ContentHash.of(task.objective(), split),
                    split.examples().size(),
                    new TreeMap<>(),
                    ContentStatus.OFFICIAL);
        }
    }

    /** A metric that is always 0. */
    public record Share() implements Metric {
        @Override
        public String name() {
            return "share";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public double compute(float[] predicted, float[] expected) {
            return 0;
        }
    }
}
